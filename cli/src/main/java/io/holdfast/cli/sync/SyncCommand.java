package io.holdfast.cli.sync;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Progress;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.system.Signals;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncResult;
import io.holdfast.client.SyncStatus;
import io.holdfast.client.status.Conflated;
import io.holdfast.client.system.Machine;
import io.holdfast.store.Store;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a store level with its server. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Pushes and pulls until the device's store and its server are level, then proves that both hold the same.",
            "The exit code is 1 if the server refused a change, which then waits in quarantine, or if the proof failed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast sync --store phone.db", "  holdfast sync --store phone.db --watch --json"})
public final class SyncCommand implements Operation {

    /** Each message has a time limit of its own, and a failure ends the command: a large store may take its time. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration REDRAW = Duration.ofMillis(100);

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Mixin
    private ServerOption server;

    @Option(
            names = "--watch",
            description = "Stay connected, follow the server's hints and tell each change, until ended.")
    private boolean watch;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public SyncCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws InterruptedException {
        try (Store opened = store.open(host)) {
            ClientOptions connection = server.connection(opened, store.file(), host);
            return watch ? watch(opened, connection) : once(opened, connection);
        }
    }

    private ExitCode once(Store opened, ClientOptions connection) throws InterruptedException {
        try (SyncClient client = SyncClient.connect(opened, connection, machine())) {
            SyncResult result = synced(client);
            if (result.failure().isPresent()) {
                throw SyncFailure.of(result.failure().get());
            }
            SyncReport report = new SyncReport(connection.server().toString(), result);
            if (output.json()) {
                report.printJson(terminal);
            } else {
                report.print(terminal);
            }
            return report.exitCode();
        }
    }

    private SyncResult synced(SyncClient client) throws InterruptedException {
        if (!terminal.interactive()) {
            return client.syncNow(PATIENCE);
        }
        long waiting = unsent(client.status());
        try (Progress progress = new Progress(terminal, host.clock(), "changes sent");
                Conflated.Subscription drawn =
                        client.onStatus(REDRAW, status -> progress.show(waiting - unsent(status), waiting))) {
            return client.syncNow(PATIENCE);
        }
    }

    private Machine machine() {
        return host.machine("holdfast-sync");
    }

    private static long unsent(SyncStatus status) {
        return status.counts().pending() + status.counts().inFlight();
    }

    private ExitCode watch(Store opened, ClientOptions connection) throws InterruptedException {
        StatusLines lines = new StatusLines(terminal, host.clock(), output.json());
        SyncClient client = SyncClient.connect(opened, connection.withHints(true), machine());
        Conflated.Subscription told = client.onStatus(REDRAW, lines::tell);
        Signals.await(() -> {
            told.close();
            client.close();
            opened.close();
            terminal.flush();
        });
        return ExitCode.FINE;
    }
}
