package io.holdfast.cli.device;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about this device. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Sets a device up.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast device init --store phone.db --schema journal.json --scope ann")
public final class DeviceCommand extends CommandGroup {

    private DeviceCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new DeviceCommand()).addSubcommand(new DeviceInitCommand(terminal, host));
    }
}
