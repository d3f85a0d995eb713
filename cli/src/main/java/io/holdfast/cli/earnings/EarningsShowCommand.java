package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.EarningsManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a user's earnings. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what has been earned until now, what the server has confirmed of it, and what waits for a person."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings show --store ann.db --user ann",
            "  holdfast earnings show --store ann.db --user ann --json"
        })
public final class EarningsShowCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private UserOption user;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsShowCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        try (EarningsManager earnings = user.open(host)) {
            StateText.print(terminal, output.json(), earnings.update());
        }
        return ExitCode.FINE;
    }
}
