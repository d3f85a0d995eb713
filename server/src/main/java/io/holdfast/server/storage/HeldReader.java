package io.holdfast.server.storage;

import io.holdfast.core.exchange.HeldRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.TextOrder;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the rows of one collection as they are now, a page at a time. Not thread-safe. */
final class HeldReader {

    private final Session session;
    private final CollectionTable table;
    private final String scope;

    HeldReader(Session session, CollectionTable table, String scope) {
        this.session = session;
        this.table = table;
        this.scope = scope;
    }

    List<HeldRecord> page(String afterId, int limit) throws SQLException {
        List<HeldRecord> known = known("h.id > ?", afterId, limit);
        List<HeldRecord> all = new ArrayList<>(known);
        all.addAll(
                known.size() < limit
                        ? unexplained("t.id > ?", List.of(afterId), limit)
                        : unexplained(
                                "t.id > ? AND t.id <= ?",
                                List.of(afterId, known.getLast().key().id()),
                                limit));
        if (all.size() > known.size()) {
            all.sort(Comparator.comparing(held -> held.key().id(), TextOrder.BYTEWISE));
        }
        return List.copyOf(all.subList(0, Math.min(all.size(), limit)));
    }

    /** One record; absent if neither a live head nor a row is there. */
    Optional<HeldRecord> one(String id) throws SQLException {
        Optional<HeldRecord> known = known("h.id = ?", id, 1).stream().findFirst();
        return known.isPresent()
                ? known
                : unexplained("t.id = ?", List.of(id), 1).stream().findFirst();
    }

    private List<HeldRecord> known(String condition, String id, int limit) throws SQLException {
        return session.query(
                "SELECT h.id, h.sequence, h.digest, h.bucket, h.meta, t.id" + table.actualList(session.dialect(), "t")
                        + " FROM hf_record_head AS h LEFT JOIN "
                        + table.table().quoted() + " AS t ON t.scope = h.scope AND t.id = h.id"
                        + " WHERE h.scope = ? AND h.collection = ? AND " + condition
                        + " AND h.digest IS NOT NULL ORDER BY h.id LIMIT ?",
                this::known,
                scope,
                table.collection(),
                id,
                (long) limit);
    }

    private HeldRecord known(ResultSet row) throws SQLException {
        RecordState actual = row.getString(6) == null
                ? RecordState.ABSENT
                : table.actual(session.dialect(), row, 7).state(row.getBytes(5));
        return new HeldRecord(key(row.getString(1)), row.getLong(2), Digest.of(row.getBytes(3)), row.getInt(4), actual);
    }

    /** Rows without a live head. */
    private List<HeldRecord> unexplained(String condition, List<String> ids, int limit) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(scope));
        parameters.addAll(ids);
        parameters.addAll(List.of(table.collection(), (long) limit));
        return session.query(
                "SELECT t.id" + table.actualList(session.dialect(), "t") + " FROM "
                        + table.table().quoted() + " AS t WHERE t.scope = ? AND " + condition
                        + " AND NOT EXISTS (SELECT 1 FROM hf_record_head AS h WHERE h.scope = t.scope"
                        + " AND h.collection = ? AND h.id = t.id AND h.digest IS NOT NULL) ORDER BY t.id LIMIT ?",
                row -> new HeldRecord(
                        key(row.getString(1)),
                        0,
                        Digest.NONE,
                        0,
                        table.actual(session.dialect(), row, 2).foreign()),
                parameters.toArray());
    }

    private RecordKey key(String id) {
        return new RecordKey(table.collection(), id);
    }
}
