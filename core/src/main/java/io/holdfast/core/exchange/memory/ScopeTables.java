package io.holdfast.core.exchange.memory;

import io.holdfast.core.audit.GapBook;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.exchange.ChainLink;
import io.holdfast.core.exchange.Evidence;
import io.holdfast.core.exchange.HeldRecord;
import io.holdfast.core.exchange.Loser;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeProof;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordMerge;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.core.value.TextOrder;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Everything one scope holds. Not thread-safe: its user holds its monitor. */
final class ScopeTables implements ScopeSnapshot {

    private Optional<ScopeHead> head = Optional.empty();
    private final Map<String, ReplicaRow> replicas = new HashMap<>();
    private final TreeMap<Long, ChainLink> links = new TreeMap<>();
    private final Map<RecordKey, Stored> records = new HashMap<>();
    private final TreeMap<Long, Stored> bySequence = new TreeMap<>();
    private final List<Loser> losers = new ArrayList<>();
    private final MemoryTrail trail = new MemoryTrail();
    private final Map<String, ScopeProof> proofs = new TreeMap<>();
    private long version;

    private record Stored(ServerRecord row, int bytes) {
        static Stored of(ServerRecord row) {
            return new Stored(row, StateCodec.encode(row.state()).length);
        }
    }

    ScopeTables copy() {
        ScopeTables copy = new ScopeTables();
        copy.head = head;
        copy.replicas.putAll(replicas);
        copy.links.putAll(links);
        copy.records.putAll(records);
        copy.bySequence.putAll(bySequence);
        copy.losers.addAll(losers);
        copy.trail.copyFrom(trail);
        copy.proofs.putAll(proofs);
        copy.version = version;
        return copy;
    }

    /** Moves with every update. */
    long version() {
        return version;
    }

    ScopeView view(ScopeView.Touch touch) {
        List<Optional<ChainLink>> asked = new ArrayList<>(touch.cursors().size());
        touch.cursors().forEach(cursor -> asked.add(link(cursor)));
        return new ScopeView(head, replica(touch.replica()), records(touch.records()), asked);
    }

    Optional<ReplicaRow> replica(String replica) {
        return Optional.ofNullable(replicas.get(replica));
    }

    /** Applies the update if nothing has moved since a version, and says whether. */
    boolean applyIf(long seen, ScopeUpdate<?> update) {
        boolean unmoved = version == seen;
        if (unmoved) {
            apply(update);
        }
        return unmoved;
    }

    void apply(ScopeUpdate<?> update) {
        requireFreeSequences(update.records());
        version++;
        update.head().ifPresent(next -> head = Optional.of(next));
        update.replica().ifPresent(replica -> replicas.put(replica.replica(), replica));
        update.link().ifPresent(link -> links.put(link.sequence(), link));
        update.records().forEach(this::put);
        losers.addAll(update.losers());
        write(update.evidence());
    }

    private void write(Evidence evidence) {
        GapBook book = new GapBook(trail, evidence.atMillis());
        evidence.gaps().forEach(step -> step.writeInto(book));
        evidence.proof().ifPresent(proof -> proofs.put(proof.proof().level() + proof.replica(), proof));
    }

    private void put(ServerRecord row) {
        Stored after = Stored.of(row);
        Stored before = records.put(row.key(), after);
        if (before != null) {
            bySequence.remove(before.row().sequence());
        }
        bySequence.put(row.sequence(), after);
    }

    private void requireFreeSequences(List<ServerRecord> rows) {
        Map<Long, RecordKey> taken = new HashMap<>();
        for (ServerRecord row : rows) {
            Stored holder = bySequence.get(row.sequence());
            RecordKey earlier = taken.putIfAbsent(row.sequence(), row.key());
            if ((holder != null && !holder.row().key().equals(row.key()))
                    || (earlier != null && !earlier.equals(row.key()))) {
                throw new IllegalArgumentException("two records share the sequence " + row.sequence());
            }
        }
    }

    void damage(RecordKey key, RecordState state) {
        replace(key, row -> new ServerRecord(key, state, row.sequence(), row.digest(), row.bucket()));
    }

    void damage(RecordKey key, Digest digest) {
        replace(key, row -> new ServerRecord(key, row.state(), row.sequence(), digest, row.bucket()));
    }

    private void replace(RecordKey key, UnaryOperator<ServerRecord> damaged) {
        Stored held = records.get(key);
        if (held != null) {
            put(damaged.apply(held.row()));
        }
    }

    @Override
    public Optional<ScopeHead> head() {
        return head;
    }

    @Override
    public Optional<ChainLink> link(Cursor cursor) {
        return Optional.ofNullable(links.ceilingEntry(cursor.sequence())).map(Map.Entry::getValue);
    }

    @Override
    public List<ServerRecord> changesSince(long sequence, int recordsMax, long bytesMax) {
        List<ServerRecord> page = new ArrayList<>();
        long bytes = 0;
        for (Stored stored : bySequence.tailMap(sequence, false).values()) {
            if (page.size() == recordsMax || bytes > bytesMax) {
                break;
            }
            page.add(stored.row());
            bytes += stored.bytes();
        }
        return page;
    }

    @Override
    public Map<RecordKey, ServerRecord> records(List<RecordKey> keys) {
        Map<RecordKey, ServerRecord> found = new HashMap<>();
        for (RecordKey key : keys) {
            Stored stored = records.get(key);
            if (stored != null) {
                found.put(key, stored.row());
            }
        }
        return found;
    }

    @Override
    public List<Loser> history(RecordKey key, int limit) {
        return losers.reversed().stream()
                .filter(loser -> loser.key().equals(key))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Loser> history(int limit) {
        return losers.reversed().stream().limit(limit).toList();
    }

    @Override
    public List<ServerRecord> live(String collection, String afterId, int limit) {
        return records.values().stream()
                .map(Stored::row)
                .filter(row ->
                        row.key().collection().equals(collection) && row.state().live())
                .filter(row -> TextOrder.compare(row.key().id(), afterId) > 0)
                .sorted(Comparator.comparing(row -> row.key().id(), TextOrder.BYTEWISE))
                .limit(limit)
                .toList();
    }

    @Override
    public List<String> collections() {
        return records.keySet().stream()
                .map(RecordKey::collection)
                .distinct()
                .sorted(TextOrder.BYTEWISE)
                .toList();
    }

    @Override
    public List<HeldRecord> held(String collection, String afterId, int limit) {
        return records.values().stream()
                .map(Stored::row)
                .filter(row -> row.key().collection().equals(collection)
                        && !row.digest().isNone())
                .filter(row -> TextOrder.compare(row.key().id(), afterId) > 0)
                .sorted(Comparator.comparing(row -> row.key().id(), TextOrder.BYTEWISE))
                .limit(limit)
                .map(ScopeTables::held)
                .toList();
    }

    @Override
    public Optional<HeldRecord> held(RecordKey key) {
        return Optional.ofNullable(records.get(key))
                .map(Stored::row)
                .filter(row -> !row.digest().isNone())
                .map(ScopeTables::held);
    }

    private static HeldRecord held(ServerRecord row) {
        return new HeldRecord(row.key(), row.sequence(), row.digest(), row.bucket(), row.state());
    }

    @Override
    public Buckets contents(String collection, ContentDigester digester) {
        Buckets buckets = new Buckets();
        for (Stored stored : records.values()) {
            ServerRecord row = stored.row();
            if (row.key().collection().equals(collection)
                    && row.state().live()
                    && digester.counts(row.state()::value)) {
                String id = row.key().id();
                buckets.add(ContentDigester.bucket(id), digester.digest(id, row.state()::value));
            }
        }
        return buckets;
    }

    @Override
    public void contents(String collection, ContentDigester digester, BitSet leaves, ContentVisitor visitor) {
        for (ServerRecord row : live(collection, "", Integer.MAX_VALUE)) {
            String id = row.key().id();
            if (leaves.get(ContentDigester.bucket(id)) && digester.counts(row.state()::value)) {
                visitor.visit(id, digester.digest(id, row.state()::value));
            }
        }
    }

    @Override
    public Map<String, SortedMap<String, Value>> contents(String collection, List<String> ids) {
        Map<String, SortedMap<String, Value>> contents = new HashMap<>();
        for (String id : ids) {
            Stored stored = records.get(new RecordKey(collection, id));
            if (stored != null && stored.row().state().live()) {
                SortedMap<String, Value> values =
                        new TreeMap<>(stored.row().state().values());
                values.values().removeIf(value -> value.isNull() || RecordMerge.isLattice(value));
                contents.put(id, values);
            }
        }
        return contents;
    }

    @Override
    public List<String> dangling(String collection, String field, String named, String afterId, int limit) {
        return live(collection, afterId, Integer.MAX_VALUE).stream()
                .filter(row -> row.state().value(field) instanceof Value.Text text && !isLive(named, text.text()))
                .map(row -> row.key().id())
                .limit(limit)
                .toList();
    }

    private boolean isLive(String collection, String id) {
        Stored stored = records.get(new RecordKey(collection, id));
        return stored != null && stored.row().state().live();
    }

    @Override
    public Trail trail() {
        return trail;
    }

    @Override
    public List<ScopeProof> proofs(int limit) {
        return proofs.values().stream().limit(limit).toList();
    }

    @Override
    public List<ReplicaRow> replicas(int limit) {
        return replicas.values().stream()
                .sorted(Comparator.comparingLong(ReplicaRow::seenAtMillis)
                        .reversed()
                        .thenComparing(ReplicaRow::replica))
                .limit(limit)
                .toList();
    }

    @Override
    public void digests(DigestVisitor visitor) {
        for (Stored stored : records.values()) {
            ServerRecord row = stored.row();
            if (!row.digest().isNone()) {
                visitor.visit(row.key(), row.bucket(), row.digest());
            }
        }
    }

    @Override
    public void rows(RowVisitor visitor) {
        for (Stored stored : records.values()) {
            if (stored.row().state().live()) {
                visitor.visit(stored.row());
            }
        }
    }
}
