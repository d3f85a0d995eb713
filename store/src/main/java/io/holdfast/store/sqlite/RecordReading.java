package io.holdfast.store.sqlite;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.core.value.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts records together from their heads, layers and rows: one by one, or many with three statements for all of them, since
 * it is the statements that cost, not the look-ups.
 */
final class RecordReading {

    /** Below this, many are not worth more than one by one. */
    private static final int MANY = 4;

    private static final String HEAD = "h.sequence, h.digest, h.bucket, h.whole, h.meta";
    private static final int HEAD_COLUMNS = 5;

    private static final String ONE = "SELECT " + HEAD + ", " + LayerTable.COLUMNS
            + " FROM (SELECT ?1 AS c, ?2 AS i) LEFT JOIN _hf_head AS h ON h.collection = c AND h.id = i"
            + " LEFT JOIN _hf_layer AS l ON l.collection = c AND l.id = i";

    // The ids come as a JSON array. CROSS JOIN keeps SQLite from going through the table instead of the ids.
    private static final String HEADS = "SELECT " + HEAD + ", h.id FROM json_each(?2) AS k CROSS JOIN _hf_head AS h"
            + " ON h.collection = ?1 AND h.id = k.value";
    private static final String LAYERS = "SELECT " + LayerTable.COLUMNS
            + ", l.id FROM json_each(?2) AS k CROSS JOIN _hf_layer AS l ON l.collection = ?1 AND l.id = k.value";

    private final SqlSession session;
    private final Catalog catalog;

    RecordReading(SqlSession session, Catalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /** A record; absent if there is nothing of it. */
    LocalRecord one(int collection, RecordKey key) {
        Found found = new Found();
        session.each(
                ONE,
                row -> {
                    found.head(row);
                    if (row.getObject(HEAD_COLUMNS + 1) != null) {
                        found.layers.add(LayerTable.layer(row, HEAD_COLUMNS));
                    }
                    return row;
                },
                collection,
                key.id());
        return found.record(key, found.inRow() ? table(key.collection()).held(session, key.id()) : FieldMap.of());
    }

    /** Records in the order of their keys. */
    List<LocalRecord> all(List<RecordKey> keys) {
        Map<RecordKey, LocalRecord> known = new HashMap<>();
        if (keys.size() >= MANY) {
            Map<String, List<String>> byCollection = new LinkedHashMap<>();
            keys.forEach(key -> byCollection
                    .computeIfAbsent(key.collection(), name -> new ArrayList<>())
                    .add(key.id()));
            byCollection.forEach((name, ids) -> many(name, ids, known));
        }
        List<LocalRecord> records = new ArrayList<>(keys.size());
        for (RecordKey key : keys) {
            LocalRecord found = known.get(key);
            records.add(found != null ? found : keys.size() < MANY ? single(key) : LocalRecord.absent(key));
        }
        return records;
    }

    private LocalRecord single(RecordKey key) {
        OptionalInt number = catalog.number(session, key.collection());
        return number.isPresent() ? one(number.getAsInt(), key) : LocalRecord.absent(key);
    }

    private void many(String collection, List<String> ids, Map<RecordKey, LocalRecord> known) {
        OptionalInt number = catalog.number(session, collection);
        if (number.isEmpty()) {
            return;
        }
        Map<String, Found> found = new HashMap<>();
        String array = array(ids);
        session.each(HEADS, row -> found(found, row, HEAD_COLUMNS).head(row), number.getAsInt(), array);
        session.each(
                LAYERS,
                row -> found(found, row, LayerTable.COLUMNS_COUNT).layers.add(LayerTable.layer(row, 0)),
                number.getAsInt(),
                array);
        List<String> inRows = found.entrySet().stream()
                .filter(entry -> entry.getValue().inRow())
                .map(Map.Entry::getKey)
                .toList();
        Map<String, SortedMap<String, Value>> rows =
                inRows.isEmpty() ? Map.of() : table(collection).heldOf(session, array(inRows));
        found.forEach((id, each) -> {
            RecordKey key = new RecordKey(collection, id);
            known.put(key, each.record(key, rows.getOrDefault(id, FieldMap.of())));
        });
    }

    private static Found found(Map<String, Found> found, ResultSet row, int columns) throws SQLException {
        return found.computeIfAbsent(row.getString(columns + 1), id -> new Found());
    }

    private static String array(List<String> ids) {
        return CanonicalJson.of(new JsonTree.Elements(
                ids.stream().<JsonTree>map(JsonTree.Text::new).toList()));
    }

    private CollectionTable table(String collection) {
        return catalog.table(collection).orElseThrow(() -> SqliteFailures.rowMissing("the table " + collection));
    }

    /** What was found of one record. */
    private static final class Found {
        private final List<Layer> layers = new ArrayList<>(1);
        private long sequence;
        private byte @Nullable [] digest;
        private int bucket;
        private int whole;
        private byte @Nullable [] meta;

        Found head(ResultSet row) throws SQLException {
            meta = row.getBytes(HEAD_COLUMNS);
            if (meta != null) {
                sequence = row.getLong(1);
                digest = row.getBytes(2);
                bucket = row.getInt(3);
                whole = row.getInt(4);
            }
            return this;
        }

        /** Whether the confirmed values stand in the collection's row. */
        boolean inRow() {
            return meta != null && whole == HeadTable.IN_ROW;
        }

        LocalRecord record(RecordKey key, SortedMap<String, Value> columns) {
            LocalRecord record = LocalRecord.absent(key);
            if (meta != null) {
                record = confirmed(key, meta, columns);
            }
            return layers.isEmpty() ? record : record.withLayers(LayerTable.lying(layers));
        }

        private LocalRecord confirmed(RecordKey key, byte[] kept, SortedMap<String, Value> columns) {
            try {
                if (digest != null) {
                    // No digest covers it, and a comparison counts on it.
                    Objects.checkIndex(bucket, Buckets.COUNT);
                }
                Digest stored = digest == null ? Digest.NONE : Digest.of(digest);
                boolean released = whole == HeadTable.RELEASED;
                RecordState state = released ? RecordState.ABSENT : state(kept, columns);
                return new LocalRecord(key, state, sequence, stored, bucket, List.of(), released);
            } catch (RuntimeException senseless) {
                throw SqliteFailures.damaged(senseless);
            }
        }

        /** What can no longer be read is nothing: the digest then shows the damage, and the server's record mends it. */
        private static RecordState state(byte[] kept, SortedMap<String, Value> columns) {
            try {
                return StateCodec.decode(kept, columns);
            } catch (RuntimeException senseless) {
                return RecordState.ABSENT;
            }
        }
    }
}
