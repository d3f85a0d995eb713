package io.holdfast.cli.earnings;

import io.holdfast.cli.device.ServerSettings;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.sync.ServerOption;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.system.Signals;
import io.holdfast.client.system.Machine;
import io.holdfast.earnings.EarningsManager;
import io.holdfast.earnings.EarningsState;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Follows a user's earnings. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is earned as it grows, a line a second at most, until ended.",
            "If the store knows a server, keeps level with it meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings watch --store ann.db --user ann",
            "  holdfast earnings watch --store ann.db --user ann --json"
        })
public final class EarningsWatchCommand implements Operation {

    private static final Duration PACE = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private UserOption user;

    @Mixin
    private ServerOption server;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsWatchCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws InterruptedException {
        EarningsManager earnings = user.open(host);
        Machine machine = host.machine("holdfast-earnings-watch");
        try {
            if (ServerSettings.server(earnings.store()).isPresent()) {
                earnings.connect(server.connection(earnings.store(), host, "holdfast earnings init " + user.words())
                        .withHints(true));
            }
            earnings.onChange(this::tell);
            reckon(earnings, machine);
        } catch (RuntimeException | Error failed) {
            machine.close();
            earnings.close();
            throw failed;
        }
        Signals.await(() -> {
            machine.close();
            earnings.close();
            terminal.flush();
        });
        return ExitCode.FINE;
    }

    private static void reckon(EarningsManager earnings, Machine machine) {
        earnings.update();
        machine.after(PACE, () -> reckon(earnings, machine));
    }

    private void tell(EarningsState state) {
        terminal.out().print((output.json() ? StateText.json(state) : StateText.line(state)) + '\n');
        terminal.out().flush();
    }
}
