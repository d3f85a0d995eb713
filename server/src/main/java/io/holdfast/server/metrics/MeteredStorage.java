package io.holdfast.server.metrics;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.exchange.ForeignWaiting;
import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.TextMatch;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Times each step of a storage. As thread-safe as the storage. */
public final class MeteredStorage implements ServerStorage {

    private final ServerStorage storage;
    private final ServerMetrics metrics;
    private final Ticker ticker;

    /** @param ticker nanoseconds from any origin */
    public MeteredStorage(ServerStorage storage, ServerMetrics metrics, Ticker ticker) {
        this.storage = storage;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    @Override
    public <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        return timed("append", () -> storage.append(scope, touch, decide));
    }

    @Override
    public <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide) {
        return timed("mend", () -> storage.mend(scope, decide));
    }

    @Override
    public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
        return timed("snapshot", () -> storage.snapshot(scope, body));
    }

    @Override
    public List<String> scopes(String after, int limit) {
        return timed("scopes", () -> storage.scopes(after, limit));
    }

    @Override
    public List<PlacedRecord> everywhere(String collection, List<TextMatch> matches, Place after, int limit) {
        return timed("everywhere", () -> storage.everywhere(collection, matches, after, limit));
    }

    @Override
    public ForeignWaiting foreign(long after, int limit) {
        return timed("foreign", () -> storage.foreign(after, limit));
    }

    @Override
    public void close() {
        storage.close();
    }

    private <T> T timed(String operation, Supplier<T> step) {
        long start = ticker.read();
        boolean failed = true;
        try {
            T result = step.get();
            failed = false;
            return result;
        } finally {
            metrics.storage(operation, failed, Duration.ofNanos(ticker.read() - start));
        }
    }
}
