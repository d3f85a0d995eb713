package io.holdfast.cli.runs;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about runs. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows the runs of a server's database, and ends them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast runs list --data data",
            "  holdfast runs show 0193445b8a6e7d12a0b1c2d3e4f50617 --data data",
            "  holdfast runs cancel 0193445b8a6e7d12a0b1c2d3e4f50617 --data data"
        })
public final class RunsCommand extends CommandGroup {

    private RunsCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new RunsCommand())
                .addSubcommand(new RunsListCommand(terminal, host))
                .addSubcommand(new RunsShowCommand(terminal, host))
                .addSubcommand(new RunsCancelCommand(terminal, host));
    }
}
