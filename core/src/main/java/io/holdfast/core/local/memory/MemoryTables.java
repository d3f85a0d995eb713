package io.holdfast.core.local.memory;

import io.holdfast.core.account.Account;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.FrozenBatch;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Everything an in-memory store holds. All values are immutable, so copying the maps copies the store. */
final class MemoryTables {

    final KeyTable<LocalRecord> records;
    final KeyTable<RecordState> visible;

    /** A layer, and whose it is. */
    record Lying(RecordKey key, Layer layer) {}

    /** All layers, by their order. */
    final TreeMap<Long, Lying> layers = new TreeMap<>();

    final TreeMap<Long, FrozenBatch> batches = new TreeMap<>();
    final TreeMap<Long, HistoryEntry> history = new TreeMap<>();
    final TreeMap<String, String> settings = new TreeMap<>();
    final TreeMap<Long, Gap> gaps = new TreeMap<>();
    final TreeMap<Long, AuditEntry> audit = new TreeMap<>();
    DeviceState device;
    Account account = Account.EMPTY;
    DigestSum root = DigestSum.ZERO;
    long lastOrder;
    long lastTime;

    MemoryTables(DeviceState device) {
        this(device, new KeyTable<>(), new KeyTable<>());
    }

    private MemoryTables(DeviceState device, KeyTable<LocalRecord> records, KeyTable<RecordState> visible) {
        this.device = device;
        this.records = records;
        this.visible = visible;
    }

    List<LocalRecord> unsettled() {
        List<LocalRecord> found = new ArrayList<>();
        for (Lying lying : layers.values()) {
            LocalRecord record = records.get(lying.key());
            if (record != null
                    && record.layers().getFirst().order() == lying.layer().order()) {
                found.add(record);
            }
        }
        return found;
    }

    MemoryTables copy() {
        MemoryTables copy = new MemoryTables(device, records.copy(), visible.copy());
        copy.layers.putAll(layers);
        copy.batches.putAll(batches);
        copy.history.putAll(history);
        copy.settings.putAll(settings);
        copy.gaps.putAll(gaps);
        copy.audit.putAll(audit);
        copy.account = account;
        copy.root = root;
        copy.lastOrder = lastOrder;
        copy.lastTime = lastTime;
        return copy;
    }
}
