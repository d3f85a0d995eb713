package io.holdfast.cli.config;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about settings. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Shows and changes the settings of runs, alerts and the archive, whether servers run or not.",
            "Each change makes a new version; running servers obey it within a second."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast config get --data data",
            "  holdfast config set alerts.gaps=5 recovery.enabled=false --data data --note 'quiet night'",
            "  holdfast config history --data data",
            "  holdfast config rollback 3 --data data"
        })
public final class ConfigCommand extends CommandGroup {

    private ConfigCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigGetCommand(terminal, host))
                .addSubcommand(new ConfigSetCommand(terminal, host))
                .addSubcommand(new ConfigHistoryCommand(terminal, host))
                .addSubcommand(new ConfigRollbackCommand(terminal, host));
    }
}
