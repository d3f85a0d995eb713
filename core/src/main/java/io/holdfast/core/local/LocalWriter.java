package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The writes of one local transaction: they are durable together, travel together and apply together. Each record a
 * transaction changes makes one change, however often the transaction touches it. Not thread-safe; lives within one
 * {@link LocalTransaction}.
 *
 * <p>A transaction that meets an unsent group becomes one group with it, because a part of it could not be sent alone. If
 * together they would exceed a batch, the earlier group is frozen first.
 */
public final class LocalWriter {

    private final Schema schema;
    private final LocalTransaction transaction;
    private final long nowMillis;
    private final Set<RecordKey> touched = new LinkedHashSet<>();
    private final Freezer freezer;
    private final Set<Long> joined = new HashSet<>();
    private int joinedMembers;
    private long joinedBytes;
    private long bytes;

    /**
     * A writer for one transaction.
     *
     * @param schema with the system collections
     * @param nowMillis reading of the local clock, milliseconds since 1970
     */
    public LocalWriter(Schema schema, LocalTransaction transaction, long nowMillis) {
        this.schema = schema;
        this.transaction = transaction;
        this.nowMillis = nowMillis;
        this.freezer = new Freezer(schema, transaction);
    }

    /** Looks at the record that a write would make, before it is stored; throws to refuse it. */
    @FunctionalInterface
    public interface Check {
        /** Any record passes. */
        Check NONE = (collection, key, visible) -> {};

        /** Throws if the record may not become so. */
        void check(CollectionSchema collection, RecordKey key, RecordState visible);
    }

    /**
     * Writes fields of a record, see {@link RecordEdits#put}.
     *
     * @return whether anything changed
     * @throws HoldfastException COLLECTION_UNKNOWN, FIELD_UNKNOWN, FIELD_OPERATION, FIELD_RANGE, TRANSACTION_TOO_LARGE, and what
     *     the check throws
     */
    public boolean put(RecordKey key, Map<String, FieldEdit> edits, Check check) {
        CollectionSchema collection = collection(key);
        LocalRecord record = prepared(key);
        RecordEdits.Edited edited = RecordEdits.put(collection, record, edits, writer(record), transaction.account());
        check.check(collection, key, edited.visible());
        return store(edited);
    }

    /**
     * Deletes a record.
     *
     * @return whether it was there
     */
    public boolean delete(RecordKey key) {
        CollectionSchema collection = collection(key);
        LocalRecord record = prepared(key);
        return store(RecordEdits.delete(collection, record, writer(record), transaction.account()));
    }

    private CollectionSchema collection(RecordKey key) {
        return schema.collection(key.collection())
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.COLLECTION_UNKNOWN,
                        "There is no collection " + key.collection() + ": check the name, or extend the schema."));
    }

    /** The record as it stands, after making room in its group for this transaction. */
    private LocalRecord prepared(RecordKey key) {
        LocalRecord record = transaction.record(key);
        if (touched.contains(key)) {
            return record;
        }
        if (touched.size() >= Limits.TRANSACTION_CHANGES_MAX) {
            throw new HoldfastException(
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    "A transaction may change at most " + Limits.TRANSACTION_CHANGES_MAX + " records: split it.");
        }
        if (record.layer(Layer.State.QUARANTINED).isPresent()) {
            new Quarantine(schema, transaction).retry(key);
            record = transaction.record(key);
        }
        long group = record.open().map(Layer::group).orElse(0L);
        return group == 0 || joined.contains(group) || join(group) ? record : transaction.record(key);
    }

    /**
     * Takes an earlier group into this transaction's, or freezes it by itself if together they could exceed a batch.
     *
     * @return whether it was taken in
     */
    private boolean join(long group) {
        List<LocalRecord> members = transaction.pendingGroup(group);
        long size = members.stream().mapToLong(LocalWriter::openSize).sum();
        boolean fits = joinedMembers + members.size() <= Limits.BATCH_CHANGES_MAX - Limits.TRANSACTION_CHANGES_MAX
                && joinedBytes + size <= Limits.TRANSACTION_BYTES_MAX;
        if (!fits) {
            freezer.freezeGroup(group, nowMillis);
            return false;
        }
        joined.add(group);
        joinedMembers += members.size();
        joinedBytes += size;
        return true;
    }

    private static long openSize(LocalRecord record) {
        return record.open().map(layer -> BatchCodec.sizeHint(layer.edit())).orElse(0L);
    }

    private RecordEdits.Writer writer(LocalRecord record) {
        DeviceState device = transaction.device();
        long order = record.open().isPresent() ? 0 : transaction.nextOrder();
        return new RecordEdits.Writer(
                device.identity().incarnation(),
                nowMillis,
                transaction.lastTime(),
                device.clock().offsetMillis(),
                order);
    }

    private boolean store(RecordEdits.Edited edited) {
        if (!edited.changed()) {
            return false;
        }
        RecordKey key = edited.after().key();
        boolean first = !touched.contains(key);
        // Before anything is done: whoever is refused here may go on with less.
        bytes = grown(openSize(edited.after()) - (first ? 0 : openSize(edited.before())), first ? 1 : 0);
        touched.add(key);
        transaction.lastTime(edited.lastTime());
        if (first) {
            transaction.save(edited.before(), edited.after(), edited.visible());
            transaction.account(edited.account());
        } else {
            // The same transaction again: still one change, whose record only looks different now.
            List<Layer> layers = new ArrayList<>(edited.after().layers());
            Layer last = layers.removeLast();
            layers.add(last.withEdits(last.edits() - 1));
            transaction.save(edited.before(), edited.after().withLayers(layers), edited.visible());
        }
        return true;
    }

    private long grown(long byBytes, int byRecords) {
        long next = bytes + byBytes;
        if (touched.size() + byRecords > 1 && next > Limits.TRANSACTION_BYTES_MAX) {
            throw new HoldfastException(
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    "A transaction may write at most " + Limits.TRANSACTION_BYTES_MAX + " bytes: split it.");
        }
        return next;
    }

    /** The keys that changed so far, in the order of their first change. */
    public List<RecordKey> changed() {
        return List.copyOf(touched);
    }

    /** Ties the changes of this transaction into one group. To be called once, at the end. */
    public void finish() {
        if (touched.size() < 2) {
            return;
        }
        TreeSet<Long> groups = new TreeSet<>();
        TreeSet<Long> orders = new TreeSet<>();
        for (RecordKey key : touched) {
            transaction.record(key).open().ifPresent(layer -> {
                groups.add(layer.group());
                orders.add(layer.order());
            });
        }
        if (orders.size() < 2) {
            return;
        }
        groups.remove(0L);
        long group = groups.isEmpty() ? orders.first() : groups.first();
        groups.stream().filter(other -> other != group).forEach(other -> transaction.regroup(other, group));
        for (RecordKey key : touched) {
            join(transaction.record(key), group);
        }
    }

    private void join(LocalRecord record, long group) {
        if (record.open().isEmpty() || record.open().get().group() == group) {
            return;
        }
        List<Layer> layers = new ArrayList<>(record.layers());
        layers.set(layers.size() - 1, layers.getLast().withGroup(group));
        LocalRecord after = record.withLayers(layers);
        long offset = transaction.device().clock().offsetMillis();
        CollectionSchema collection = collection(record.key());
        transaction.save(record, after, RecordView.visible(collection, after, offset));
    }
}
