package io.holdfast.core.exchange.memory;

import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps scopes in memory; nothing survives the process. Thread-safe: each scope has one lock, shared by its snapshots and
 * held alone by its appends, so a snapshot's body may not append to the scope it reads.
 */
public final class InMemoryServerStorage implements ServerStorage {

    /** How appends of one scope keep out of each other's way. */
    public enum Locking {
        /** A decision is taken once, under the scope's lock. */
        LOCK,
        /**
         * A decision is taken without the lock, and taken again if the scope moved meanwhile. Every append decides at least
         * twice, so that a decider that is not pure shows even in a single thread.
         */
        COMPARE_AND_SET
    }

    private final Locking locking;
    private final Map<String, MemoryScope> scopes = new ConcurrentHashMap<>();

    /** An empty storage. */
    public InMemoryServerStorage(Locking locking) {
        this.locking = locking;
    }

    /** An empty storage that decides under the lock. */
    public InMemoryServerStorage() {
        this(Locking.LOCK);
    }

    @Override
    public <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        MemoryScope held = scope(scope);
        return switch (locking) {
            case LOCK ->
                held.writing(state -> {
                    ScopeUpdate<T> update = decide.apply(state.view(touch));
                    state.apply(update);
                    return update.answer();
                });
            case COMPARE_AND_SET -> appendByComparing(held, touch, decide);
        };
    }

    private static <T> T appendByComparing(
            MemoryScope held, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        for (int decisions = 1; ; decisions++) {
            Versioned<ScopeView> seen = held.reading(state -> new Versioned<>(state.version(), state.view(touch)));
            ScopeUpdate<T> update = decide.apply(seen.value());
            if (decisions > 1 && held.writing(state -> state.applyIf(seen.version(), update))) {
                return update.answer();
            }
        }
    }

    @Override
    public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
        return scope(scope).reading(body::apply);
    }

    /** All scopes as they are now, each in one piece, in a storage of its own: what a backup would bring back. */
    public InMemoryServerStorage copy() {
        InMemoryServerStorage copy = new InMemoryServerStorage(locking);
        scopes.forEach((name, scope) -> copy.scopes.put(name, scope.copy()));
        return copy;
    }

    /** Changes a record behind the scope's back, as a foreign program or a bad disk would: digest and sequence stay. */
    public void damage(String scope, RecordKey key, RecordState state) {
        scope(scope).writing(held -> {
            held.damage(key, state);
            return true;
        });
    }

    /** Does nothing. */
    @Override
    public void close() {}

    private MemoryScope scope(String scope) {
        return scopes.computeIfAbsent(scope, name -> new MemoryScope(new ScopeTables()));
    }

    private record Versioned<T>(long version, T value) {}
}
