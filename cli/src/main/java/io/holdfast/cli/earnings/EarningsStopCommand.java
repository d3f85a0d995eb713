package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.EarningsManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the sessions of a user. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {"Ends mining, on the user's other devices too as far as they are known here."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings stop --store ann.db --user ann",
            "  holdfast earnings stop --store ann.db --user ann --json"
        })
public final class EarningsStopCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private UserOption user;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsStopCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        try (EarningsManager earnings = user.open(host)) {
            StateText.print(terminal, output.json(), earnings.stop());
        }
        return ExitCode.FINE;
    }
}
