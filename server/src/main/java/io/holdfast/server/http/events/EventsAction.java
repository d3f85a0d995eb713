package io.holdfast.server.http.events;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.json.JsonText;
import io.holdfast.server.auth.Access;
import io.holdfast.server.auth.Authenticator;
import io.holdfast.server.auth.Token;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.Route;
import io.holdfast.server.http.problem.HttpRefusal;
import io.holdfast.server.metrics.ServerMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /v1/events?scope=…}: server-sent events (WHATWG HTML, section 9.2), one {@code moved} with {@code {"scope",
 * "sequence"}} whenever a scope has moved, and one at the start for what it has reached already. A comment shows now and
 * then that the stream lives. Thread-safe.
 */
public final class EventsAction implements Route.Action {

    /** Between two looks at whether the token is still good; with the cache's life that makes five seconds. */
    private static final Duration TOKEN_CHECK = Duration.ofSeconds(1);

    private static final int SCOPES_MAX = Token.SCOPES_MAX;

    private final EventHub hub;
    private final StreamCount streams;
    private final ServerStorage storage;
    private final Authenticator authenticator;
    private final Pace pace;
    private final ServerMetrics metrics;

    /**
     * How often a stream shows itself.
     *
     * @param heartbeat between two signs of life
     * @param ticker nanoseconds from any origin
     */
    public record Pace(Duration heartbeat, Ticker ticker) {}

    /** Streams fed by a hub. */
    public EventsAction(
            EventHub hub,
            StreamCount streams,
            ServerStorage storage,
            Authenticator authenticator,
            Pace pace,
            ServerMetrics metrics) {
        this.hub = hub;
        this.streams = streams;
        this.storage = storage;
        this.authenticator = authenticator;
        this.pace = pace;
        this.metrics = metrics;
    }

    @Override
    public Answer answer(Call call) {
        call.query().requireOnly(Set.of("scope"));
        Set<String> scopes = new LinkedHashSet<>(call.query().all("scope"));
        if (scopes.isEmpty() || scopes.size() > SCOPES_MAX) {
            throw HttpRefusal.invalid("The address names no scope, or more than " + SCOPES_MAX + "; add ?scope=NAME.");
        }
        Access access = call.access();
        scopes.forEach(access::requireScope);
        StreamCount.Place place = streams.take(access.token().principal());
        return new Answer.Stream("text/event-stream", place::close, out -> {
            try (Subscription subscription = hub.subscribe(scopes)) {
                begin(scopes, subscription, out);
                follow(subscription, access, out);
            }
        });
    }

    /** Subscribed first and looked up then, so that no move falls between. */
    private void begin(Set<String> scopes, Subscription subscription, OutputStream out) throws IOException {
        send(out, "retry: 2000\n\n");
        for (String scope : scopes) {
            storage.snapshot(scope, snapshot -> snapshot.head())
                    .ifPresent(head -> subscription.offer(new Moved(scope, head.sequence())));
        }
    }

    private void follow(Subscription subscription, Access access, OutputStream out)
            throws IOException, InterruptedException {
        Duration patience = pace.heartbeat.compareTo(TOKEN_CHECK) < 0 ? pace.heartbeat : TOKEN_CHECK;
        long lastSent = pace.ticker.read();
        while (!subscription.ended() && authenticator.stillValid(access)) {
            Optional<Moved> moved = subscription.next(patience);
            if (moved.isPresent()) {
                send(out, "event: moved\ndata: " + json(moved.get()) + "\n\n");
                metrics.event();
                lastSent = pace.ticker.read();
            } else if (pace.ticker.read() - lastSent >= pace.heartbeat.toNanos()) {
                send(out, ":\n\n");
                lastSent = pace.ticker.read();
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String json(Moved moved) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeStringProperty("scope", moved.scope());
            out.writeNumberProperty("sequence", moved.sequence());
            out.writeEndObject();
        }
        return text.toString();
    }
}
