package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.sync.ServerOption;
import io.holdfast.cli.sync.SyncFailure;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.EarningsManager;
import io.holdfast.earnings.EarningsState;
import io.holdfast.earnings.SyncReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings a user's earnings to the server. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Sends what was earned, fetches what the server made of it, and shows how it stands.",
            "The exit code is 1 if the server refused a claim, which then waits in quarantine."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast earnings sync --store ann.db --user ann"})
public final class EarningsSyncCommand implements Operation {

    /** The first answer of a server tells what time it is; what was told by the device's clock is then told again, and settled. */
    private static final int ROUNDS = 3;

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private UserOption user;

    @Mixin
    private ServerOption server;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsSyncCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws InterruptedException {
        try (EarningsManager earnings = user.open(host)) {
            earnings.connect(server.connection(earnings.store(), host, "holdfast earnings init " + user.words()));
            SyncReport report = earnings.sync(true);
            for (int round = 1; round < ROUNDS && report.level(); round++) {
                report = earnings.sync(false);
            }
            if (report.failure().isPresent()) {
                throw SyncFailure.of(report.failure().get());
            }
            EarningsState state = earnings.state();
            StateText.print(terminal, output.json(), state);
            return refused(state) ? ExitCode.WRONG : ExitCode.FINE;
        }
    }

    private boolean refused(EarningsState state) {
        boolean refused = state.syncStatus() == EarningsState.SyncState.FAILED;
        if (refused) {
            terminal.err().println("holdfast: The server refused a claim; see 'holdfast quarantine list'.");
        }
        return refused;
    }
}
