package io.holdfast.server.http.exchange;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.metrics.ServerMetrics;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Times what devices call, by what came of it. Thread-safe. */
record Timed(ServerMetrics metrics, Ticker ticker) {

    /** Does a step and records it under the outcome that {@code outcome} reads from its result, or the code of its refusal. */
    <T> T run(String kind, Supplier<T> step, Function<T, String> outcome) {
        long start = ticker.read();
        try {
            T result = step.get();
            record(kind, outcome.apply(result), start);
            return result;
        } catch (HoldfastException refused) {
            record(kind, refused.code().name().toLowerCase(Locale.ROOT), start);
            throw refused;
        }
    }

    private void record(String kind, String outcome, long start) {
        metrics.exchange(kind, outcome, Duration.ofNanos(ticker.read() - start));
    }
}
