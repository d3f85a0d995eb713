package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about earnings. */
@Command(
        name = "earnings",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Counts what users of a mining application earn, on a device that may be offline.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast serve --app earnings --data data",
            "  holdfast earnings init --store ann.db --user ann --server http://localhost:8420 --token -",
            "  holdfast earnings start --store ann.db --user ann"
        })
public final class EarningsCommand extends CommandGroup {

    private EarningsCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new EarningsCommand())
                .addSubcommand(new EarningsInitCommand(terminal, host))
                .addSubcommand(new EarningsStartCommand(terminal, host))
                .addSubcommand(new EarningsStopCommand(terminal, host))
                .addSubcommand(new EarningsShowCommand(terminal, host))
                .addSubcommand(new EarningsWatchCommand(terminal, host))
                .addSubcommand(new EarningsSyncCommand(terminal, host))
                .addSubcommand(new EarningsRecoverCommand(terminal, host))
                .addSubcommand(ReviewsCommand.commands(terminal, host))
                .addSubcommand(new ReportCommand(terminal, host))
                .addSubcommand(new KpisCommand(terminal, host))
                .addSubcommand(new EarningsMigrateCommand(terminal, host))
                .addSubcommand(new EarningsRollbackCommand(terminal, host));
    }
}
