package io.holdfast.core.exchange.memory;

import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.TextOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps scopes in memory; nothing survives the process. Thread-safe: each scope has one lock, held by
 * its appends and its snapshots, one after the other.
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
    private final Map<String, ScopeTables> scopes = new HashMap<>();

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
        ScopeTables tables = tables(scope);
        return switch (locking) {
            case LOCK -> appendUnderLock(tables, touch, decide);
            case COMPARE_AND_SET -> appendByComparing(tables, touch, decide);
        };
    }

    private static <T> T appendUnderLock(
            ScopeTables tables, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        synchronized (tables) {
            ScopeUpdate<T> update = decide.apply(tables.view(touch));
            tables.apply(update);
            return update.answer();
        }
    }

    private static <T> T appendByComparing(
            ScopeTables tables, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        for (int decisions = 1; ; decisions++) {
            Seen seen = see(tables, touch);
            ScopeUpdate<T> update = decide.apply(seen.view());
            if (decisions > 1 && applied(tables, seen.version(), update)) {
                return update.answer();
            }
        }
    }

    private static Seen see(ScopeTables tables, ScopeView.Touch touch) {
        synchronized (tables) {
            return new Seen(tables.version(), tables.view(touch));
        }
    }

    private static boolean applied(ScopeTables tables, long seen, ScopeUpdate<?> update) {
        synchronized (tables) {
            return tables.applyIf(seen, update);
        }
    }

    @Override
    public <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide) {
        ScopeTables tables = tables(scope);
        synchronized (tables) {
            ScopeUpdate<T> update = decide.apply(tables);
            tables.apply(update);
            return update.answer();
        }
    }

    @Override
    public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
        ScopeTables tables = tables(scope);
        synchronized (tables) {
            return body.apply(tables);
        }
    }

    @Override
    public List<String> scopes(String after, int limit) {
        synchronized (scopes) {
            return scopes.entrySet().stream()
                    .filter(scope -> exists(scope.getValue()))
                    .map(Map.Entry::getKey)
                    .filter(name -> TextOrder.compare(name, after) > 0)
                    .sorted(TextOrder.BYTEWISE)
                    .limit(limit)
                    .toList();
        }
    }

    private static boolean exists(ScopeTables tables) {
        synchronized (tables) {
            return tables.head().isPresent();
        }
    }

    /** All scopes as they are now, each in one piece, in a storage of its own: what a backup would bring back. */
    public InMemoryServerStorage copy() {
        InMemoryServerStorage copy = new InMemoryServerStorage(locking);
        synchronized (scopes) {
            scopes.forEach((name, tables) -> {
                synchronized (tables) {
                    copy.scopes.put(name, tables.copy());
                }
            });
        }
        return copy;
    }

    /** What a scope knows of one replica. */
    public Optional<ReplicaRow> replica(String scope, String replica) {
        ScopeTables tables = tables(scope);
        synchronized (tables) {
            return tables.replica(replica);
        }
    }

    /** Changes a record behind the scope's back, as a foreign program or a bad disk would: digest and sequence stay. */
    public void damage(String scope, RecordKey key, RecordState state) {
        ScopeTables tables = tables(scope);
        synchronized (tables) {
            tables.damage(key, state);
        }
    }

    /** Changes the stored digest of a record behind the scope's back: row and sequence stay. */
    public void damage(String scope, RecordKey key, Digest digest) {
        ScopeTables tables = tables(scope);
        synchronized (tables) {
            tables.damage(key, digest);
        }
    }

    /** Does nothing. */
    @Override
    public void close() {}

    private ScopeTables tables(String scope) {
        synchronized (scopes) {
            return scopes.computeIfAbsent(scope, name -> new ScopeTables());
        }
    }

    private record Seen(long version, ScopeView view) {}
}
