package io.holdfast.server.http.sync;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.auth.Authenticator;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.events.EventHub;
import io.holdfast.server.http.events.StreamCount;
import io.holdfast.server.http.events.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /api/sync/progress/{syncId}/events}: server-sent events named {@code progress}, each the run as
 * {@code GET /api/sync/progress/{syncId}} shows it, whenever it has moved; the last one is named {@code ended}. The run may
 * be in any process: its row is looked at. Thread-safe.
 */
final class ProgressStream {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final RunLog log;
    private final StreamCount streams;
    private final Authenticator authenticator;
    private final EventHub hub;
    private final Beat beat;

    /**
     * How often a stream shows that it lives.
     *
     * @param ticker nanoseconds from any origin
     */
    record Beat(Duration heartbeat, Ticker ticker) {}

    ProgressStream(RunLog log, StreamCount streams, Authenticator authenticator, EventHub hub, Beat beat) {
        this.log = log;
        this.streams = streams;
        this.authenticator = authenticator;
        this.hub = hub;
        this.beat = beat;
    }

    Answer open(Call call) {
        call.query().requireOnly(Set.of());
        Run run = log.run(Paging.run(call), Seen.scopes(call)).orElseThrow(Paging::unknownRun);
        StreamCount.Place place = streams.take(call.access().token().principal());
        return new Answer.Stream("text/event-stream", place::close, out -> {
            // The subscription ends with the server; moves of the scope only make it look sooner.
            try (Subscription server = hub.subscribe(Set.of(run.start().target().scope()))) {
                follow(run, call, server, out);
            }
        });
    }

    private void follow(Run first, Call call, Subscription server, OutputStream out)
            throws IOException, InterruptedException {
        Run run = first;
        String said = "";
        long sentAt = beat.ticker().read();
        while (!server.ended() && authenticator.stillValid(call.access())) {
            Run now = run;
            String text = RunJson.text(members -> RunJson.members(now, members));
            boolean over = run.status() != RunStatus.RUNNING;
            if (!text.equals(said)) {
                send(out, "event: " + (over ? "ended" : "progress") + "\ndata: " + text + "\n\n");
                said = text;
                sentAt = beat.ticker().read();
            } else if (beat.ticker().read() - sentAt >= beat.heartbeat().toNanos()) {
                send(out, ":\n\n");
                sentAt = beat.ticker().read();
            }
            if (over) {
                return;
            }
            server.next(LOOK);
            Optional<Run> next = log.run(run.id(), Optional.empty());
            if (next.isEmpty()) {
                return;
            }
            run = next.get();
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
