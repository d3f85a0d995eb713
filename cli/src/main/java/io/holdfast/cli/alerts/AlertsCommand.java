package io.holdfast.cli.alerts;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about alerts. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows what people must know of runs, and notes who has taken it on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast alerts list --data data",
            "  holdfast alerts ack 0193445b8a6e7d12a0b1c2d3e4f50617 --note 'sheet is being corrected' --data data"
        })
public final class AlertsCommand extends CommandGroup {

    private AlertsCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new AlertsCommand())
                .addSubcommand(new AlertsListCommand(terminal, host))
                .addSubcommand(new AlertsAckCommand(terminal, host));
    }
}
