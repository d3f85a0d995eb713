package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A storage that does not answer now and then, and that refuses some names as a database's check does. */
final class FaultyStorage implements ServerStorage {

    private final ServerStorage storage;
    private final Set<String> refused;
    private int silent;

    /** Fails the next so many calls. */
    FaultyStorage(ServerStorage storage, Set<String> refused) {
        this.storage = storage;
        this.refused = refused;
    }

    void fallSilent(int calls) {
        silent = calls;
    }

    private void answer() {
        if (silent > 0) {
            silent--;
            throw new HoldfastException(ErrorCode.UNAVAILABLE, "The database broke off.");
        }
    }

    @Override
    public <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        answer();
        return storage.append(scope, touch, view -> {
            ScopeUpdate<T> update = decide.apply(view);
            if (update.records().stream().anyMatch(this::refuses)) {
                throw new HoldfastException(ErrorCode.INTERNAL, "The database refused a statement.");
            }
            return update;
        });
    }

    private boolean refuses(ServerRecord record) {
        return record.state().live()
                && record.state().value("name") instanceof Value.Text name
                && refused.contains(name.text());
    }

    @Override
    public <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide) {
        return storage.mend(scope, decide);
    }

    @Override
    public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
        answer();
        return storage.snapshot(scope, body);
    }

    @Override
    public List<String> scopes(String after, int limit) {
        return storage.scopes(after, limit);
    }

    @Override
    public void close() {}
}
