package io.holdfast.server.storage;

import io.holdfast.core.exchange.ChainLink;
import io.holdfast.core.exchange.Loser;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.Index;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Records and updates for the tests of storages. */
final class Samples {

    static final ScopeKey KEY = new ScopeKey(new byte[ScopeKey.LENGTH]);

    /** A field of every type, and of every rule that has a column of its own. */
    static final CollectionSchema ENTRIES = CollectionSchema.of(
            "entries",
            List.of(
                    Field.of("title", Simple.TEXT),
                    Field.of("count", Simple.INTEGER),
                    Field.of("ratio", Simple.REAL),
                    Field.of("amount", new FieldType.Decimal(18, 8)),
                    Field.of("wide", new FieldType.Decimal(38, 9)),
                    Field.of("done", Simple.BOOLEAN),
                    Field.of("at", Simple.INSTANT),
                    Field.of("lasted", Simple.DURATION),
                    Field.of("photo", Simple.BYTES),
                    Field.of("extra", Simple.JSON),
                    Field.of("views", Simple.INTEGER).withMerge(MergeRule.COUNTER),
                    Field.of("paid", new FieldType.Decimal(18, 2)).withMerge(MergeRule.COUNTER),
                    Field.of("tags", Simple.TEXT).withMerge(MergeRule.UNION)),
            List.of(
                    new Index(List.of("title", "at"), Index.Kind.ORDERED),
                    new Index(List.of("count"), Index.Kind.EQUALITY)));

    static final CollectionSchema NOTES =
            CollectionSchema.of("notes", List.of(Field.of("text", Simple.TEXT)), List.of());

    static final Schema SCHEMA = new Schema("journal", 1, new TreeMap<>(Map.of("entries", ENTRIES, "notes", NOTES)));

    private Samples() {}

    static RecordKey note(String id) {
        return new RecordKey("notes", id);
    }

    static Stamp stamp(long time) {
        return new Stamp(time, 7);
    }

    static RecordState text(String text, long time) {
        return state(Map.of("text", new Value.Text(text)), time);
    }

    static RecordState state(Map<String, Value> values, long time) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        values.forEach((field, value) -> cells.put(field, new Cell(value, stamp(time))));
        return new RecordState(cells, Stamp.NONE);
    }

    static RecordState deleted(RecordState state, long time) {
        return new RecordState(state.cells(), stamp(time));
    }

    static ServerRecord record(RecordKey key, RecordState state, long sequence) {
        Digester digester = new Digester(KEY);
        return new ServerRecord(key, state, sequence, digester.digest(key, state), digester.bucket(key));
    }

    static ServerRecord noteRecord(String id, String text, long sequence) {
        return record(note(id), text(text, sequence), sequence);
    }

    static ScopeHead head(String scope, long sequence) {
        return new ScopeHead(scope, KEY, "epoch", sequence, "%032x".formatted(sequence), DigestSum.ZERO);
    }

    static ReplicaRow replica(String name, long seenAtMillis) {
        return new ReplicaRow(
                name,
                "principal of " + name,
                List.of(5L, -1L, 0L),
                new BatchMark(3, "%064x".formatted(3)),
                "[\"ä\"]",
                17,
                seenAtMillis);
    }

    static Loser loser(RecordKey key, String text, long sequence) {
        return new Loser(key, text(text, 1), sequence, "replica", 1_000 + sequence);
    }

    static ScopeUpdate<Long> update(String scope, long sequence, ServerRecord... records) {
        return new ScopeUpdate<>(
                Optional.of(head(scope, sequence)),
                Optional.empty(),
                Optional.of(new ChainLink(sequence, "%032x".formatted(sequence), sequence)),
                List.of(records),
                List.of(),
                sequence);
    }

    static ScopeView.Touch touch(RecordKey... keys) {
        return new ScopeView.Touch("replica", List.of(keys), Collections.emptyList());
    }

    /** Writes the records as they are, and moves the head to the last of their sequences. */
    static void put(ServerStorage storage, String scope, ServerRecord... records) {
        long last = List.of(records).stream()
                .mapToLong(ServerRecord::sequence)
                .max()
                .orElse(0);
        storage.append(scope, touch(), view -> update(scope, last, records));
    }

    /** Writes one record with the sequence after the scope's present one, and returns it. */
    static long putNext(ServerStorage storage, String scope, LongFunction<ServerRecord> made) {
        return storage.append(scope, touch(), view -> {
            long next = view.head().map(ScopeHead::sequence).orElse(0L) + 1;
            return update(scope, next, made.apply(next));
        });
    }
}
