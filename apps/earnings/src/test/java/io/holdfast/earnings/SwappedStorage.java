package io.holdfast.earnings;

import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerStorage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A storage that, while it is told to, takes one user for another. Thread-safe if the storage under it is. */
record SwappedStorage(ServerStorage storage, String user, String other, AtomicBoolean swaps) implements ServerStorage {

    private String scope(String asked) {
        return swaps.get() && asked.equals(user) ? other : asked;
    }

    @Override
    public <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        return storage.append(scope(scope), touch, decide);
    }

    @Override
    public <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide) {
        return storage.mend(scope(scope), decide);
    }

    @Override
    public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
        return storage.snapshot(scope(scope), body);
    }

    @Override
    public List<String> scopes(String after, int limit) {
        return storage.scopes(after, limit);
    }

    @Override
    public void close() {
        storage.close();
    }
}
