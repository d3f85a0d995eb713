package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.RecordView;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaUpgrade;
import io.holdfast.core.schema.SystemCollections;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings a store's tables from one schema to another within the caller's transaction. Values that the store kept of fields
 * and collections it did not know move into their new columns.
 */
final class SchemaChange {

    private static final int PAGE = 1_000;

    private final SqlSession session;
    private final Schema before;
    private final Schema after;

    private SchemaChange(SqlSession session, Schema before, Schema after) {
        this.session = session;
        this.before = before;
        this.after = after;
    }

    /** @throws HoldfastException SCHEMA_DESTRUCTIVE; nothing is changed then */
    static void apply(SqlSession session, Schema before, Schema after) {
        switch (SchemaUpgrade.between(before, after)) {
            case SchemaUpgrade.Destructive destructive ->
                throw new HoldfastException(ErrorCode.SCHEMA_DESTRUCTIVE, destructive.sentence());
            case SchemaUpgrade.Additive additive ->
                new SchemaChange(session, SystemCollections.addTo(before), SystemCollections.addTo(after))
                        .apply(additive.steps());
        }
    }

    private void apply(List<SchemaUpgrade.Step> steps) {
        session.forget();
        Schema widened = before;
        for (SchemaUpgrade.Step step : steps) {
            if (step instanceof SchemaUpgrade.Step.WidenDecimal widen) {
                widen(widened.collection(widen.collection()).orElseThrow(), widen);
                widened = with(widened, widen);
            }
        }
        for (CollectionSchema collection : after.collections().values()) {
            CollectionTable table = new CollectionTable(collection);
            Catalog.give(session, collection.name());
            session.script(
                    widened.collection(collection.name()).map(table::additions).orElseGet(table::definitions));
        }
        session.forget();
        move(new Catalog(session, widened), new Catalog(session, after));
        session.forget();
    }

    private static Schema with(Schema schema, SchemaUpgrade.Step.WidenDecimal widen) {
        CollectionSchema old = schema.collection(widen.collection()).orElseThrow();
        TreeMap<String, Field> fields = new TreeMap<>(old.fields());
        fields.put(widen.after().name(), widen.after());
        TreeMap<String, CollectionSchema> collections = new TreeMap<>(schema.collections());
        collections.put(old.name(), new CollectionSchema(old.name(), fields, old.indexes()));
        return new Schema(schema.name(), schema.version(), collections);
    }

    /** A decimal that outgrows 18 digits changes from a whole number to text, and its column with it. */
    private void widen(CollectionSchema collection, SchemaUpgrade.Step.WidenDecimal widen) {
        boolean outgrows = widen.before().type() instanceof FieldType.Decimal narrow
                && widen.after().type() instanceof FieldType.Decimal wide
                && !Column.wide(narrow)
                && Column.wide(wide);
        Column column = new Column(widen.after());
        if (!outgrows || column.lattice()) {
            return;
        }
        CollectionTable table = new CollectionTable(collection);
        session.script(table.removalsBefore(widen.after().name()));
        session.script(List.of(
                "ALTER TABLE " + table.sql() + " RENAME COLUMN " + column.sql() + " TO \"_narrow\"",
                "ALTER TABLE " + table.sql() + " ADD COLUMN " + column.sql() + " " + column.declared()));
        String from = "SELECT \"id\", \"_narrow\" FROM " + table.sql()
                + " WHERE \"id\" > ? AND \"_narrow\" IS NOT NULL ORDER BY \"id\" LIMIT " + PAGE;
        String to = "UPDATE " + table.sql() + " SET " + column.sql() + " = ? WHERE \"id\" = ?";
        Optional<String> last = Optional.of("");
        while (last.isPresent()) {
            List<Map.Entry<String, Long>> rows =
                    session.all(from, row -> Map.entry(row.getString(1), row.getLong(2)), last.get());
            rows.forEach(
                    row -> session.update(to, WideDecimal.encode(BigInteger.valueOf(row.getValue())), row.getKey()));
            last = rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(rows.getLast().getKey());
        }
        session.forget();
        session.script(List.of("ALTER TABLE " + table.sql() + " DROP COLUMN \"_narrow\""));
    }

    /** Moves what the old catalog kept beside its tables into the columns that the new one has for it. */
    private void move(Catalog old, Catalog fresh) {
        RecordReading reads = new RecordReading(session, old);
        HeadTable writes = new HeadTable(fresh);
        long offsetMillis = StoreHeadTable.read(session).device().clock().offsetMillis();
        for (CollectionSchema collection : after.collections().values()) {
            Set<String> news = newFields(collection);
            // In a new table even a record without a value has a row.
            boolean first = before.collection(collection.name()).isEmpty();
            for (LayerTable.Place place : news.isEmpty() ? List.<LayerTable.Place>of() : places(fresh, collection)) {
                RecordKey key = new RecordKey(collection.name(), place.id());
                LocalRecord record = reads.one(place.collection(), key);
                RecordState visible = RecordView.visible(collection, record, offsetMillis);
                if ((first && visible.live())
                        || news.stream().anyMatch(name -> !visible.value(name).isNull())) {
                    writes.rewrite(session, place.collection(), record);
                    fresh.table(collection.name()).orElseThrow().show(session, place.id(), visible);
                }
            }
        }
    }

    private Set<String> newFields(CollectionSchema collection) {
        return before.collection(collection.name())
                .map(old -> collection.fields().keySet().stream()
                        .filter(name -> !old.fields().containsKey(name))
                        .collect(Collectors.toSet()))
                .orElseGet(() -> collection.fields().keySet());
    }

    private List<LayerTable.Place> places(Catalog catalog, CollectionSchema collection) {
        int number = catalog.number(session, collection.name()).orElseThrow();
        return session.all(
                "SELECT collection, id FROM _hf_head WHERE collection = ?1 UNION SELECT collection, id FROM _hf_layer"
                        + " WHERE collection = ?1",
                LayerTable.Place::of,
                number);
    }
}
