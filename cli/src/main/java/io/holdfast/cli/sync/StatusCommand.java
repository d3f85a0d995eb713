package io.holdfast.cli.sync;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.local.Proof;
import io.holdfast.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how a store stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says how the device's store stands: what waits to be sent, what was refused, what was proven last.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast status --store phone.db", "  holdfast status --store phone.db --json"})
public final class StatusCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public StatusCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        StoreStatus status;
        try (Store opened = store.open(host)) {
            status = StoreStatus.of(opened);
        }
        if (output.json()) {
            JsonLine.print(
                    terminal.out(), json -> status.write(json, host.clock().instant()));
        } else {
            print(status);
        }
        return ExitCode.FINE;
    }

    private void print(StoreStatus status) {
        TextTable table = new TextTable(List.of("what", "now"));
        table.add(List.of("replica", status.replica()));
        table.add(List.of("scope", status.scope()));
        table.add(List.of("server", status.server().orElse("none")));
        table.add(List.of("records", String.valueOf(status.records())));
        table.add(List.of("pending", String.valueOf(status.counts().pending())));
        table.add(List.of("in flight", String.valueOf(status.counts().inFlight())));
        table.add(List.of("quarantined", String.valueOf(status.counts().quarantined())));
        table.add(List.of("conflicts", String.valueOf(status.counts().conflicts())));
        table.add(List.of("cursor", String.valueOf(status.cursor().sequence())));
        for (Proof.Level level : Proof.Level.values()) {
            Optional<Proof> proof =
                    Optional.ofNullable(status.evidence().proofs().get(level));
            String proven = proof.map(made -> ProofJson.text(made, host.clock().instant()))
                    .orElse("never");
            table.add(List.of("proof " + level, proven));
        }
        table.add(List.of("open gaps", String.valueOf(status.evidence().openGaps())));
        table.print(terminal.out());
        status.evidence()
                .recognised()
                .ifPresent(entry ->
                        terminal.out().println("\n" + Instant.ofEpochMilli(entry.atMillis()) + " " + entry.detail()));
    }
}
