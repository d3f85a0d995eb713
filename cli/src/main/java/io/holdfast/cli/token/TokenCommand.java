package io.holdfast.cli.token;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about tokens. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Makes, shows and revokes tokens, also while the server runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast token create --role device --scope ann --expires 90d --data data",
            "  holdfast token list --data data",
            "  holdfast token revoke 0123456789abcdef --data data"
        })
public final class TokenCommand extends CommandGroup {

    private TokenCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(terminal, host))
                .addSubcommand(new TokenListCommand(terminal, host))
                .addSubcommand(new TokenRevokeCommand(terminal, host));
    }
}
