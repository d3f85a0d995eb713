package io.holdfast.core.local.memory;

import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@link LocalStorage} on plain maps. A failed transaction is undone step by step from its own journal, so that writing
 * costs nothing but what it changes. Thread-safe: transactions of either kind run one after the other.
 */
public final class InMemoryLocalStorage implements LocalStorage {

    private final ReentrantLock turn = new ReentrantLock();
    private final MemoryTables tables;

    /** An empty store of that device. */
    public InMemoryLocalStorage(DeviceState device) {
        this(new MemoryTables(device));
    }

    private InMemoryLocalStorage(MemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public <T> T write(Function<LocalTransaction, T> body) {
        begin();
        MemoryTransaction transaction = new MemoryTransaction(tables, true);
        boolean kept = false;
        try {
            T result = body.apply(transaction);
            kept = true;
            return result;
        } finally {
            transaction.end(kept);
            turn.unlock();
        }
    }

    @Override
    public <T> T read(Function<LocalTransaction, T> body) {
        begin();
        MemoryTransaction transaction = new MemoryTransaction(tables, false);
        try {
            return body.apply(transaction);
        } finally {
            transaction.end(true);
            turn.unlock();
        }
    }

    /** What a reader sees of a record; {@link RecordState#ABSENT} if there is nothing to see. */
    public RecordState visible(RecordKey key) {
        return alone(() -> Objects.requireNonNullElse(tables.visible.get(key), RecordState.ABSENT));
    }

    /** The keys of all visible records, in the order of collection and id. */
    public List<RecordKey> visibleKeys() {
        return alone(() -> new ArrayList<>(tables.visible.keys()));
    }

    /** Every record this store knows anything of, in the order of collection and id. */
    public List<LocalRecord> records() {
        return alone(tables.records::inOrder);
    }

    /** Every record on which a change lies that is not settled, in the order of their first such change. */
    public List<LocalRecord> unsettled() {
        return alone(tables::unsettled);
    }

    /** A second store with the same content, as a copied or restored file would be. */
    public InMemoryLocalStorage copy() {
        return alone(() -> new InMemoryLocalStorage(tables.copy()));
    }

    private void begin() {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("transactions do not nest");
        }
        turn.lock();
    }

    private <T> T alone(Supplier<T> step) {
        begin();
        try {
            return step.get();
        } finally {
            turn.unlock();
        }
    }
}
