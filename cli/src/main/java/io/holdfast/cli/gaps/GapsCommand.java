package io.holdfast.cli.gaps;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about gaps. */
@Command(
        name = "gaps",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Shows records that a proof found to be otherwise than they should be: what both sides held, why, and"
                        + " how it was put right.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast gaps list --store phone.db",
            "  holdfast gaps list --data data --all --json",
            "  holdfast gaps show 3 --store phone.db"
        })
public final class GapsCommand extends CommandGroup {

    private GapsCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new GapsCommand())
                .addSubcommand(new GapsListCommand(terminal, host))
                .addSubcommand(new GapsShowCommand(terminal, host));
    }
}
