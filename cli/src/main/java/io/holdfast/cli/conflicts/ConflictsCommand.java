package io.holdfast.cli.conflicts;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about lost values. */
@Command(
        name = "conflicts",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows values of this device that lost to others, and decides what stands.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast conflicts list --store phone.db",
            "  holdfast conflicts show 3 --store phone.db",
            "  holdfast conflicts resolve 3 --keep local --reason 'mine is newer' --store phone.db"
        })
public final class ConflictsCommand extends CommandGroup {

    private ConflictsCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new ConflictsCommand())
                .addSubcommand(new ConflictsListCommand(terminal, host))
                .addSubcommand(new ConflictsShowCommand(terminal, host))
                .addSubcommand(new ConflictsResolveCommand(terminal, host));
    }
}
