package io.holdfast.store.sqlite;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.RecordView;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Records and schemas that the tests of the storage share. */
final class Samples {

    static final Schema SCHEMA = SchemaJson.read("""
            { "name": "notes", "version": 1, "collections": {
                "notes": { "fields": { "title": {"type": "TEXT"}, "body": {"type": "TEXT", "fullText": true},
                    "price": {"type": "DECIMAL(18,2)"}, "views": {"type": "INTEGER", "merge": "COUNTER"},
                    "tags": {"type": "TEXT", "merge": "UNION"} }, "indexes": [["title", "price"]] },
                "marks": { "fields": { "note": {"type": "TEXT"}, "value": {"type": "INTEGER"},
                    "key": {"type": "TEXT"}, "parent": {"type": "TEXT"}, "order": {"type": "TEXT"} } } } }
            """);

    static final DeviceState DEVICE = DeviceState.fresh("scope", "replica", 7);

    private Samples() {}

    static RecordKey note(String id) {
        return new RecordKey("notes", id);
    }

    static Stamp stamp(long time) {
        return new Stamp(time, 7);
    }

    static RecordState state(long time, Map<String, Value> values) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        values.forEach((name, value) -> cells.put(name, new Cell(value, stamp(time))));
        return new RecordState(cells, Stamp.NONE);
    }

    static RecordState titled(long time, String title) {
        return state(time, Map.of("title", new Value.Text(title)));
    }

    static RecordState deleted(RecordState state, long time) {
        return new RecordState(state.cells(), stamp(time));
    }

    static Digest digest(long number) {
        return new Digest(1, 2, 3, number);
    }

    static LocalRecord confirmed(RecordKey key, RecordState state, long sequence) {
        Digest digest = state.live() ? digest(sequence) : Digest.NONE;
        return LocalRecord.absent(key).withConfirmed(state, sequence, digest, (int) (sequence % 4096));
    }

    static Layer pending(long order, long group, RecordState edit) {
        return new Layer(
                Layer.State.PENDING,
                0,
                order,
                group,
                edit,
                0,
                new TreeMap<>(Map.of("title", stamp(1))),
                1,
                Change.Kind.EDIT,
                Optional.empty());
    }

    static Layer offer(long order, RecordState edit) {
        return new Layer(
                Layer.State.PENDING, 0, order, 0, edit, 0, new TreeMap<>(), 0, Change.Kind.OFFER, Optional.empty());
    }

    static Layer inFlight(long order, long batch, RecordState edit) {
        return new Layer(
                Layer.State.IN_FLIGHT,
                batch,
                order,
                0,
                edit,
                3,
                new TreeMap<>(),
                2,
                Change.Kind.EDIT,
                Optional.empty());
    }

    static Layer quarantined(long order, long group, RecordState edit) {
        return new Layer(
                Layer.State.QUARANTINED,
                0,
                order,
                group,
                edit,
                3,
                new TreeMap<>(),
                1,
                Change.Kind.EDIT,
                Optional.of(new Refusal(ErrorCode.RULE_REFUSED, "title", "Not so. Ça ne va pas.", 1_000)));
    }

    static Layer refusedOffer(long order, RecordState edit) {
        return new Layer(
                Layer.State.QUARANTINED,
                0,
                order,
                0,
                edit,
                0,
                new TreeMap<>(),
                0,
                Change.Kind.OFFER,
                Optional.of(new Refusal(ErrorCode.RULE_REFUSED, "title", "Not so.", 1_000)));
    }

    static LocalRecord with(LocalRecord record, Layer... layers) {
        return record.withLayers(List.of(layers));
    }

    /** Stores a record in place of whatever is there. */
    static void save(LocalTransaction transaction, LocalRecord after) {
        RecordKey key = after.key();
        CollectionSchema schema = SystemCollections.addTo(SCHEMA)
                .collection(key.collection())
                .orElseGet(() -> CollectionSchema.of(key.collection(), List.of(), List.of()));
        transaction.save(transaction.record(key), after, RecordView.visible(schema, after, 0));
    }
}
