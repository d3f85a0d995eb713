package io.holdfast.cli.sync;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.client.SyncStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells a status a line, and nothing when nothing a reader would see has changed. For one thread at a time. */
final class StatusLines {

    private final Terminal terminal;
    private final InstantSource clock;
    private final boolean json;
    private String last = "";

    StatusLines(Terminal terminal, InstantSource clock, boolean json) {
        this.terminal = terminal;
        this.clock = clock;
        this.json = json;
    }

    void tell(SyncStatus status) {
        // Ages grow by themselves: they are no news.
        String news = json ? json(status, Instant.EPOCH) : text(status);
        if (!news.equals(last)) {
            last = news;
            terminal.out().print((json ? json(status, clock.instant()) : news) + '\n');
            terminal.out().flush();
        }
    }

    private static String json(SyncStatus status, Instant now) {
        return JsonLine.of(json -> {
            json.writeStringProperty("state", status.phase().name());
            StoreStatus.of(status).write(json, now);
            status.lastFailure().ifPresent(failure -> {
                json.writeObjectPropertyStart("failure");
                json.writeStringProperty("code", failure.code().name());
                json.writeStringProperty("message", failure.message());
                json.writeEndObject();
            });
        });
    }

    private static String text(SyncStatus status) {
        String counts = String.format(
                Locale.ROOT,
                "%-13s %,d records, %,d pending, %,d in flight, %,d quarantined, %,d conflicts",
                status.phase(),
                status.records(),
                status.counts().pending(),
                status.counts().inFlight(),
                status.counts().quarantined(),
                status.counts().conflicts());
        return counts
                + status.lastProof().map(proof -> "; " + ProofJson.text(proof)).orElse("")
                + status.lastFailure().map(failure -> "; " + failure.message()).orElse("");
    }
}
