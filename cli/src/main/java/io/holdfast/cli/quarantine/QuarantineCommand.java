package io.holdfast.cli.quarantine;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about refused changes. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows changes that the server refused, and decides what becomes of them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast quarantine list --store phone.db",
            "  holdfast quarantine retry entries/e-1 --store phone.db",
            "  holdfast quarantine discard entries/e-1 --store phone.db --reason 'entered twice'"
        })
public final class QuarantineCommand extends CommandGroup {

    private QuarantineCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new QuarantineCommand())
                .addSubcommand(new QuarantineListCommand(terminal, host))
                .addSubcommand(new QuarantineRetryCommand(terminal, host))
                .addSubcommand(new QuarantineDiscardCommand(terminal, host));
    }
}
