package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.EarningsManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Begins a session. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Begins to mine, with or without a server. The session goes on when the command has ended, and survives a reboot."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast earnings start --store ann.db --user ann"})
public final class EarningsStartCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private UserOption user;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsStartCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        try (EarningsManager earnings = user.open(host)) {
            StateText.print(terminal, output.json(), earnings.start());
        }
        return ExitCode.FINE;
    }
}
