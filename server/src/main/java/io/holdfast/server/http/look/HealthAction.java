package io.holdfast.server.http.look;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.access.Admission;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the process lives, and whether it can serve. The storage is asked at most once a second, however many ask here,
 * as anybody may. Thread-safe.
 */
public final class HealthAction {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ServerStorage storage;
    private final Admission admission;
    private final Ticker ticker;
    private final AtomicLong readyAtNanos;

    /** @param ticker nanoseconds from any origin */
    public HealthAction(ServerStorage storage, Admission admission, Ticker ticker) {
        this.storage = storage;
        this.admission = admission;
        this.ticker = ticker;
        this.readyAtNanos = new AtomicLong(ticker.read() - FRESH.toNanos());
    }

    /** {@code GET /health/live}: the process answers. */
    public Answer live(Call call) {
        return Answer.json("{\"status\":\"live\"}");
    }

    /**
     * {@code GET /health/ready}: the storage answers, and the server is not stopping.
     *
     * @throws io.holdfast.core.error.HoldfastException UNAVAILABLE, DATABASE_UNREACHABLE
     */
    public Answer ready(Call call) {
        if (admission.closed()) {
            throw Admission.stopping();
        }
        if (ticker.read() - readyAtNanos.get() >= FRESH.toNanos()) {
            storage.scopes("", 1);
            readyAtNanos.set(ticker.read());
        }
        return Answer.json("{\"status\":\"ready\"}");
    }
}
