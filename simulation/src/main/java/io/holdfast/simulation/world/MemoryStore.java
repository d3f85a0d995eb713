package io.holdfast.simulation.world;

import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import java.util.List;
import java.util.function.Function;

/** A store that lives in memory, which no death of a process touches. */
final class MemoryStore implements DeviceStore {

    private final InMemoryLocalStorage storage;
    private final Damage damage;

    private MemoryStore(InMemoryLocalStorage storage, Damage damage) {
        this.storage = storage;
        this.damage = damage;
    }

    /** The empty store of a device. */
    static MemoryStore of(DeviceState device) {
        return new MemoryStore(new InMemoryLocalStorage(device), new Damage());
    }

    @Override
    public <T> T write(Function<LocalTransaction, T> body) {
        return storage.write(body);
    }

    @Override
    public <T> T read(Function<LocalTransaction, T> body) {
        return storage.read(body);
    }

    @Override
    public List<LocalRecord> records() {
        return storage.records();
    }

    @Override
    public List<LocalRecord> unsettled() {
        return storage.unsettled();
    }

    @Override
    public boolean shows(RecordKey key, RecordState state) {
        return values(storage.visible(key)).equals(values(state));
    }

    private static FieldMap<Value> values(RecordState state) {
        return state.live() ? state.values() : FieldMap.of();
    }

    @Override
    public Damage damage() {
        return damage;
    }

    @Override
    public DeviceStore copy() {
        return new MemoryStore(storage.copy(), damage.copy());
    }

    @Override
    public DeviceStore reopened(Schema schema) {
        return this;
    }

    /** Does nothing. */
    @Override
    public void close() {}
}
