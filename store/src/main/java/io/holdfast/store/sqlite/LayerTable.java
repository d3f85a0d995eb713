package io.holdfast.store.sqlite;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.Layer;
import io.holdfast.core.record.StateCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The unsettled changes. One row a layer, under its order, which no two layers share. Holds no connection. */
final class LayerTable {

    /** What {@link #layer} reads, in its order. */
    static final String COLUMNS = "state, batch, ord, grp, edit, base, stamps, edits, kind, refusal";

    static final int COLUMNS_COUNT = 10;

    private static final String INSERT = "INSERT INTO _hf_layer (" + COLUMNS
            + ", collection, id, head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE _hf_layer SET state = ?, batch = ?, grp = ?, edit = ?, base = ?,"
            + " stamps = ?, edits = ?, kind = ?, refusal = ? WHERE ord = ?";
    private static final String MOVE = "UPDATE _hf_layer SET state = ?, batch = ?, edit = ? WHERE ord = ?";
    private static final String REGROUP = "UPDATE _hf_layer SET grp = ? WHERE grp = ? AND state = 0 AND kind = 0";

    private static final String PENDING = "SELECT collection, id FROM _hf_layer WHERE state = 0 ORDER BY ord LIMIT ?";
    private static final String OF_GROUP =
            "SELECT collection, id FROM _hf_layer WHERE grp = ? AND grp <> 0 AND state = ? ORDER BY ord";
    private static final String IN_BATCH =
            "SELECT collection, id FROM _hf_layer WHERE batch = ? AND batch <> 0 ORDER BY ord";
    private static final String QUARANTINED =
            "SELECT collection, id FROM _hf_layer WHERE state = 2 ORDER BY ord LIMIT ?";
    private static final String REFUSED = "SELECT collection, id, ord FROM _hf_layer WHERE state = 2 AND ord > ?"
            + " AND substr(refusal, 1, ?) = ? ORDER BY ord LIMIT ?";

    private static final String AFTER =
            "SELECT DISTINCT collection, id FROM _hf_layer WHERE collection = ? AND id > ? ORDER BY id LIMIT ?";

    /** As a record lists its layers: offers below edits, edits in flight below the one that is not. */
    private static final Comparator<Layer> LYING =
            Comparator.comparingInt(LayerTable::height).thenComparingLong(Layer::order);

    private LayerTable() {}

    /** A record by the number of its collection. */
    record Place(int collection, String id) {
        static Place of(ResultSet row) throws SQLException {
            return new Place(row.getInt(1), row.getString(2));
        }
    }

    /** The layers of one record as it lists them. */
    static List<Layer> lying(List<Layer> layers) {
        return layers.size() < 2 ? layers : layers.stream().sorted(LYING).toList();
    }

    /** Each record once, though it may have two such layers: an offer and an edit. */
    static List<Place> pending(SqlSession session, int limit) {
        return once(session, PENDING, limit);
    }

    private static List<Place> once(SqlSession session, String select, int limit) {
        return session.all(select, Place::of, 2L * limit).stream()
                .distinct()
                .limit(limit)
                .toList();
    }

    static List<Place> ofGroup(SqlSession session, long group, Layer.State state) {
        return session.all(OF_GROUP, Place::of, group, number(state));
    }

    static List<Place> inBatch(SqlSession session, long batch) {
        return session.all(IN_BATCH, Place::of, batch);
    }

    /** Each record once, as {@link #pending}. */
    static List<Place> quarantined(SqlSession session, int limit) {
        return once(session, QUARANTINED, limit);
    }

    /** A layer of a record. */
    record Lying(long order, Place place) {}

    /** Layers that were refused with one code, above an order. */
    static List<Lying> refused(SqlSession session, ErrorCode code, long afterOrder, int limit) {
        byte[] begins = RefusalCodec.beginning(code);
        return session.all(
                REFUSED, row -> new Lying(row.getLong(3), Place.of(row)), afterOrder, begins.length, begins, limit);
    }

    /** The records of one collection after an id (empty text: from the first), in order. */
    static List<Place> after(SqlSession session, int collection, String id, int limit) {
        return session.all(AFTER, Place::of, collection, id, limit);
    }

    static void regroup(SqlSession session, long from, long to) {
        session.update(REGROUP, to, from);
    }

    /** Writes what differs between two lists of one record's layers. */
    static void save(
            SqlSession session, LayerWrites writes, int collection, String id, List<Layer> before, List<Layer> after) {
        for (Layer old : before) {
            if (after.stream().noneMatch(layer -> layer.order() == old.order())) {
                writes.remove(old.order());
            }
        }
        for (Layer layer : after) {
            if (before.contains(layer)) {
                continue;
            }
            // A layer may come back under an order that was to go.
            writes.finish();
            before.stream()
                    .filter(old -> old.order() == layer.order())
                    .findFirst()
                    .ifPresentOrElse(
                            old -> update(session, old, layer), () -> writes.add(new Row(collection, id, layer)));
        }
    }

    /** A layer of a record that has no row yet. */
    record Row(int collection, String id, Layer layer) {}

    /** Makes the row of a layer, with the head beside it or none. */
    static void insert(SqlSession session, Row row, byte @Nullable [] head) {
        Layer layer = row.layer();
        session.update(
                INSERT,
                number(layer.state()),
                layer.batch(),
                layer.order(),
                layer.group(),
                StateCodec.encode(layer.edit()),
                layer.base(),
                StampsCodec.encode(layer.seen()),
                layer.edits(),
                number(layer.kind()),
                layer.refusal().map(RefusalCodec::encode).orElse(null),
                row.collection(),
                row.id(),
                head);
    }

    private static void update(SqlSession session, Layer old, Layer layer) {
        if (moved(old, layer)) {
            byte[] edit = StateCodec.encode(layer.edit());
            session.update(MOVE, number(layer.state()), layer.batch(), edit, layer.order());
            return;
        }
        session.update(
                UPDATE,
                number(layer.state()),
                layer.batch(),
                layer.group(),
                StateCodec.encode(layer.edit()),
                layer.base(),
                StampsCodec.encode(layer.seen()),
                layer.edits(),
                number(layer.kind()),
                layer.refusal().map(RefusalCodec::encode).orElse(null),
                layer.order());
    }

    /** Whether only what freezing moves is another: of a whole batch that is much less to write. */
    private static boolean moved(Layer old, Layer layer) {
        return old.group() == layer.group()
                && old.base() == layer.base()
                && old.seen().equals(layer.seen())
                && old.edits() == layer.edits()
                && old.kind() == layer.kind()
                && old.refusal().equals(layer.refusal());
    }

    private static int height(Layer layer) {
        return layer.kind() == Change.Kind.OFFER ? 0 : layer.state() == Layer.State.IN_FLIGHT ? 1 : 2;
    }

    /** The layer of a row whose {@link #COLUMNS} begin after an index. */
    static Layer layer(ResultSet row, int before) throws SQLException {
        return new Layer(
                state(row.getInt(before + 1)),
                row.getLong(before + 2),
                row.getLong(before + 3),
                row.getLong(before + 4),
                StateCodec.decode(row.getBytes(before + 5)),
                row.getLong(before + 6),
                StampsCodec.decode(row.getBytes(before + 7)),
                row.getLong(before + 8),
                row.getInt(before + 9) == 0 ? Change.Kind.EDIT : Change.Kind.OFFER,
                RefusalCodec.decode(row.getBytes(before + 10)));
    }

    private static int number(Layer.State state) {
        return switch (state) {
            case PENDING -> 0;
            case IN_FLIGHT -> 1;
            case QUARANTINED -> 2;
        };
    }

    private static Layer.State state(int number) {
        for (Layer.State state : Layer.State.values()) {
            if (number(state) == number) {
                return state;
            }
        }
        throw new IllegalArgumentException("a stored change is in no known state");
    }

    private static int number(Change.Kind kind) {
        return switch (kind) {
            case EDIT -> 0;
            case OFFER -> 1;
        };
    }
}
