package io.holdfast.core.local.memory;

import io.holdfast.core.Limits;
import io.holdfast.core.account.Account;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.FrozenBatch;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One transaction over {@link MemoryTables}. Every change first notes how to take it back. */
final class MemoryTransaction implements LocalTransaction {

    private final MemoryTables tables;
    private final boolean writing;
    private final List<Runnable> undo = new ArrayList<>();
    private boolean ended;

    MemoryTransaction(MemoryTables tables, boolean writing) {
        this.tables = tables;
        this.writing = writing;
    }

    /** Ends the transaction: its changes stay, or are taken back in the opposite order. */
    void end(boolean keep) {
        ended = true;
        while (!keep && !undo.isEmpty()) {
            undo.removeLast().run();
        }
    }

    @Override
    public LocalRecord record(RecordKey key) {
        LocalRecord found = reading().records.get(key);
        return found == null ? LocalRecord.absent(key) : found;
    }

    @Override
    public void save(LocalRecord before, LocalRecord after, RecordState visible) {
        save(before, after);
        put(writing().visible, after.key(), visible.live() ? visible : null);
    }

    @Override
    public void save(LocalRecord before, LocalRecord after) {
        RecordKey key = after.key();
        LocalRecord held = record(key);
        if (!held.equals(before)) {
            throw new IllegalStateException("the record changed since it was read: " + key);
        }
        relayer(before, after);
        boolean gone = after.clean() && after.confirmed().absent() && !after.released();
        put(writing().records, key, gone ? null : after);
    }

    private void relayer(LocalRecord before, LocalRecord after) {
        if (before.layers().equals(after.layers())) {
            return;
        }
        for (Layer layer : before.layers()) {
            put(writing().layers, layer.order(), null);
        }
        for (Layer layer : after.layers()) {
            if (put(tables.layers, layer.order(), new MemoryTables.Lying(after.key(), layer))) {
                throw new IllegalStateException("two layers have the order " + layer.order());
            }
        }
    }

    @Override
    public List<LocalRecord> pending(int limit) {
        return withLayer(layer -> layer.state() == Layer.State.PENDING, limit);
    }

    @Override
    public List<LocalRecord> pendingGroup(long group) {
        return withLayer(layer -> layer.state() == Layer.State.PENDING && layer.group() == group, Integer.MAX_VALUE);
    }

    @Override
    public void regroup(long from, long to) {
        writing();
        for (LocalRecord member : pendingGroup(from)) {
            List<Layer> layers = member.layers().stream()
                    .map(layer -> layer.open() && layer.group() == from ? layer.withGroup(to) : layer)
                    .toList();
            LocalRecord moved = member.withLayers(layers);
            relayer(member, moved);
            put(writing().records, member.key(), moved);
        }
    }

    @Override
    public List<LocalRecord> inBatch(long batch) {
        return withLayer(layer -> layer.state() == Layer.State.IN_FLIGHT && layer.batch() == batch, Integer.MAX_VALUE);
    }

    @Override
    public List<LocalRecord> quarantined(int limit) {
        return withLayer(layer -> layer.state() == Layer.State.QUARANTINED, limit);
    }

    @Override
    public SortedMap<Long, RecordKey> refused(ErrorCode code, long afterOrder, int limit) {
        SortedMap<Long, RecordKey> found = new TreeMap<>();
        for (LocalRecord record : quarantined(Integer.MAX_VALUE)) {
            record.layers().stream()
                    .filter(layer -> layer.state() == Layer.State.QUARANTINED && layer.order() > afterOrder)
                    .filter(layer ->
                            layer.refusal().filter(why -> why.code() == code).isPresent())
                    .forEach(layer -> found.put(layer.order(), record.key()));
        }
        while (found.size() > limit) {
            found.remove(found.lastKey());
        }
        return found;
    }

    @Override
    public List<LocalRecord> quarantinedGroup(long group) {
        return withLayer(
                layer -> layer.state() == Layer.State.QUARANTINED && layer.group() == group, Integer.MAX_VALUE);
    }

    private List<LocalRecord> withLayer(Predicate<Layer> wanted, int limit) {
        if (reading().layers.isEmpty()) {
            return List.of();
        }
        Map<RecordKey, LocalRecord> found = new LinkedHashMap<>();
        for (MemoryTables.Lying lying : tables.layers.values()) {
            if (found.size() >= limit) {
                break;
            }
            if (wanted.test(lying.layer())) {
                found.computeIfAbsent(lying.key(), this::record);
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public List<LocalRecord> confirmedAbove(long sequence, int limit) {
        return reading().records.inOrder().stream()
                .filter(record -> record.sequence() > sequence)
                .sorted((left, right) -> Long.compare(left.sequence(), right.sequence()))
                .limit(limit)
                .toList();
    }

    @Override
    public long nextOrder() {
        long last = reading().lastOrder;
        change(() -> tables.lastOrder = last + 1, () -> tables.lastOrder = last);
        return last + 1;
    }

    @Override
    public long lastTime() {
        return reading().lastTime;
    }

    @Override
    public void lastTime(long time) {
        long old = tables.lastTime;
        change(() -> tables.lastTime = time, () -> tables.lastTime = old);
    }

    @Override
    public DeviceState device() {
        return reading().device;
    }

    @Override
    public void device(DeviceState state) {
        DeviceState old = tables.device;
        change(() -> tables.device = state, () -> tables.device = old);
    }

    @Override
    public Account account() {
        return reading().account;
    }

    @Override
    public void account(Account account) {
        Account old = tables.account;
        change(() -> tables.account = account, () -> tables.account = old);
    }

    @Override
    public DigestSum root() {
        return reading().root;
    }

    @Override
    public void root(DigestSum sum) {
        DigestSum old = tables.root;
        change(() -> tables.root = sum, () -> tables.root = old);
    }

    @Override
    public void freeze(FrozenBatch batch) {
        put(writing().batches, batch.mark().number(), batch);
    }

    @Override
    public Optional<FrozenBatch> firstFrozen() {
        return Optional.ofNullable(reading().batches.firstEntry()).map(Map.Entry::getValue);
    }

    @Override
    public int frozenCount() {
        return reading().batches.size();
    }

    @Override
    public void unfreeze(long number) {
        put(writing().batches, number, null);
    }

    @Override
    public void history(HistoryEntry entry) {
        long id = reading().history.isEmpty() ? 1 : tables.history.lastKey() + 1;
        put(writing().history, id, identified(entry, id, entry.resolution()));
    }

    @Override
    public List<HistoryEntry> history(long belowId, int limit) {
        return reading().history.headMap(belowId, false).descendingMap().values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public void resolve(long historyId, String resolution) {
        HistoryEntry entry = writing().history.get(historyId);
        if (entry != null) {
            put(writing().history, historyId, identified(entry, historyId, resolution));
        }
    }

    private static HistoryEntry identified(HistoryEntry entry, long id, String resolution) {
        return new HistoryEntry(
                id,
                entry.kind(),
                entry.key(),
                entry.lost(),
                entry.stands(),
                entry.sequence(),
                entry.atMillis(),
                resolution);
    }

    @Override
    public int forget(long beforeMillis) {
        List<Long> history = writing().history.values().stream()
                .filter(entry -> entry.atMillis() < beforeMillis)
                .filter(entry -> entry.kind() != HistoryEntry.Kind.CONFLICT
                        || !entry.resolution().isEmpty())
                .map(HistoryEntry::id)
                .toList();
        List<Long> gaps = tables.gaps.values().stream()
                .filter(gap -> gap.state().closed() && gap.end().atMillis() < beforeMillis)
                .map(Gap::id)
                .toList();
        List<Long> entries = tables.audit.values().stream()
                .filter(entry -> entry.atMillis() < beforeMillis)
                .map(AuditEntry::id)
                .toList();
        history.forEach(id -> put(tables.history, id, null));
        gaps.forEach(id -> put(tables.gaps, id, null));
        entries.forEach(id -> put(tables.audit, id, null));
        return history.size() + gaps.size() + entries.size();
    }

    @Override
    public Optional<String> setting(String name) {
        return Optional.ofNullable(reading().settings.get(name));
    }

    @Override
    public void setting(String name, String value) {
        put(writing().settings, name, value.isEmpty() ? null : value);
    }

    @Override
    public void digests(DigestVisitor visitor) {
        for (LocalRecord record : reading().records.inOrder()) {
            if (!record.digest().isNone()) {
                visitor.visit(record.key(), record.bucket(), record.digest());
            }
        }
    }

    @Override
    public List<LocalRecord> scan(Optional<RecordKey> after, int limit) {
        return from(after, record -> !record.confirmed().absent() || record.released(), limit);
    }

    @Override
    public List<LocalRecord> changed(Optional<RecordKey> after, int limit) {
        return from(after, record -> !record.clean(), limit);
    }

    private List<LocalRecord> from(Optional<RecordKey> after, Predicate<LocalRecord> wanted, int limit) {
        NavigableSet<RecordKey> keys = reading().records.keys();
        List<LocalRecord> found = new ArrayList<>();
        for (RecordKey key : after.map(last -> keys.tailSet(last, false)).orElse(keys)) {
            if (found.size() == limit) {
                break;
            }
            LocalRecord record = record(key);
            if (wanted.test(record)) {
                found.add(record);
            }
        }
        return found;
    }

    @Override
    public Map<RecordKey, Shown> shown(Map<RecordKey, RecordState> expected) {
        Map<RecordKey, Shown> shown = new HashMap<>();
        expected.forEach(
                (key, state) -> shown.put(key, shown(state, reading().visible.get(key))));
        return shown;
    }

    @Override
    public SortedMap<RecordKey, RecordState> unknownRows(int limit) {
        TreeMap<RecordKey, RecordState> unknown = new TreeMap<>();
        for (RecordKey key : reading().visible.keys()) {
            RecordState row = tables.visible.get(key);
            if (unknown.size() < limit && row != null && !tables.records.has(key)) {
                unknown.put(key, row);
            }
        }
        return unknown;
    }

    private static Shown shown(RecordState expected, @Nullable RecordState there) {
        if (there == null) {
            return Shown.NOTHING;
        }
        return expected.live() && values(there).equals(values(expected)) ? Shown.SAME : Shown.OTHER;
    }

    private static Map<String, Value> values(RecordState state) {
        Map<String, Value> values = new HashMap<>();
        state.cells().forEach((name, cell) -> {
            if (!cell.value().isNull()) {
                values.put(name, cell.value());
            }
        });
        return values;
    }

    @Override
    public Trail trail() {
        return new MemoryTrail();
    }

    /** Gaps and audit entries. */
    private final class MemoryTrail implements Trail {
        @Override
        public Optional<Gap> unclosed(RecordKey key) {
            return reading().gaps.values().stream()
                    .filter(gap -> gap.key().equals(key) && !gap.state().closed())
                    .findFirst();
        }

        @Override
        public long unclosed() {
            return reading().gaps.values().stream()
                    .filter(gap -> !gap.state().closed())
                    .count();
        }

        @Override
        public List<Gap> gaps(boolean unclosedOnly, long belowId, int limit) {
            return reading().gaps.headMap(belowId, false).descendingMap().values().stream()
                    .filter(gap -> !unclosedOnly || !gap.state().closed())
                    .limit(limit)
                    .toList();
        }

        @Override
        public long put(Gap gap) {
            long last = reading().gaps.isEmpty() ? 0 : tables.gaps.lastKey();
            long id = gap.id() == 0 ? last + 1 : gap.id();
            MemoryTransaction.this.put(writing().gaps, id, gap.withId(id));
            forget(tables.gaps, Limits.GAPS_KEPT, old -> old.state().closed());
            return id;
        }

        @Override
        public List<AuditEntry> entries(long belowId, int limit) {
            return reading().audit.headMap(belowId, false).descendingMap().values().stream()
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<AuditEntry> latest(Set<AuditEntry.Event> events) {
            return reading().audit.descendingMap().values().stream()
                    .filter(entry -> events.contains(entry.event()))
                    .findFirst();
        }

        @Override
        public void add(AuditEntry entry) {
            long id = reading().audit.isEmpty() ? 1 : tables.audit.lastKey() + 1;
            MemoryTransaction.this.put(writing().audit, id, entry.withId(id));
            forget(tables.audit, Limits.AUDIT_KEPT, old -> old.event().passing());
        }

        private <V> void forget(NavigableMap<Long, V> kept, long newest, Predicate<V> which) {
            List.copyOf(kept.headMap(kept.lastKey() - newest, true).entrySet()).stream()
                    .filter(entry -> which.test(entry.getValue()))
                    .forEach(entry -> MemoryTransaction.this.put(kept, entry.getKey(), null));
        }
    }

    private MemoryTables reading() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        return tables;
    }

    private MemoryTables writing() {
        if (!writing) {
            throw new IllegalStateException("a reading transaction does not write");
        }
        return reading();
    }

    private void change(Runnable step, Runnable back) {
        writing();
        undo.add(back);
        step.run();
    }

    private <V> void put(KeyTable<V> table, RecordKey key, @Nullable V row) {
        writing();
        V old = table.put(key, row);
        undo.add(() -> table.put(key, old));
    }

    /** Sets or removes a value, and says whether there was one before. */
    private <K, V> boolean put(Map<K, V> map, K key, @Nullable V value) {
        writing();
        V old = value == null ? map.remove(key) : map.put(key, value);
        if (old != null) {
            undo.add(() -> map.put(key, old));
        } else if (value != null) {
            undo.add(() -> map.remove(key));
        }
        return old != null;
    }
}
