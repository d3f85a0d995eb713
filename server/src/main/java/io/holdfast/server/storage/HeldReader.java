package io.holdfast.server.storage;

import io.holdfast.core.exchange.HeldRecord;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.TextOrder;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rows of one collection as they are now, a page at a time. Not thread-safe. */
final class HeldReader {

    private final Session session;
    private final Catalogue catalogue;
    private final CollectionTable table;
    private final String scope;

    HeldReader(Session session, Catalogue catalogue, CollectionTable table, String scope) {
        this.session = session;
        this.catalogue = catalogue;
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
        List<HeldRecord> page = all.subList(0, Math.min(all.size(), limit));
        return page.isEmpty() ? page : withForeign(page, afterId);
    }

    /** Rows that another program has written count as their records were. Notes are read after the rows that they are about. */
    private List<HeldRecord> withForeign(List<HeldRecord> page, String afterId) throws SQLException {
        Set<String> foreign = ForeignWrites.ids(
                session,
                scope,
                table.collection(),
                afterId,
                Optional.of(page.getLast().key().id()));
        if (foreign.isEmpty()) {
            return List.copyOf(page);
        }
        Map<RecordKey, ServerRecord> records = new RecordReader(session, catalogue, scope)
                .records(foreign.stream().map(this::key).toList());
        return page.stream()
                .map(held -> foreign.contains(held.key().id()) ? asBefore(held, records) : held)
                .toList();
    }

    private static HeldRecord asBefore(HeldRecord held, Map<RecordKey, ServerRecord> records) {
        ServerRecord record = records.get(held.key());
        return record == null || record.digest().isNone()
                ? new HeldRecord(held.key(), 0, Digest.NONE, 0, held.actual(), true)
                : new HeldRecord(held.key(), record.sequence(), record.digest(), record.bucket(), record.state(), true);
    }

    /** One record; absent if neither a live head nor a row is there. */
    Optional<HeldRecord> one(String id) throws SQLException {
        List<HeldRecord> known = known("h.id = ?", id, 1);
        List<HeldRecord> found = known.isEmpty() ? unexplained("t.id = ?", List.of(id), 1) : known;
        if (found.isEmpty() || !ForeignWrites.noted(session, scope, key(id))) {
            return found.stream().findFirst();
        }
        Map<RecordKey, ServerRecord> records = new RecordReader(session, catalogue, scope).records(List.of(key(id)));
        return Optional.of(asBefore(found.getFirst(), records));
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
