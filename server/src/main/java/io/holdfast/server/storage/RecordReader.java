package io.holdfast.server.storage;

import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads records of one scope: a page of heads, then the typed rows that belong to it. Not thread-safe. */
final class RecordReader {

    private static final String HEADS = "SELECT collection, id, sequence, digest, bucket, meta FROM ";

    /** Sizes are summed before anything large is read, and a page ends behind the record that passes the limit. */
    private static final String CHANGES = HEADS
            + "(SELECT collection, id, sequence, digest, bucket, meta,"
            + " sum(size) OVER (ORDER BY sequence ROWS UNBOUNDED PRECEDING) - size AS before_it"
            + " FROM (SELECT collection, id, sequence, digest, bucket, meta, size FROM hf_record_head"
            + " WHERE scope = ? AND sequence > ? ORDER BY sequence LIMIT ?) AS page) AS measured"
            + " WHERE before_it <= ? ORDER BY sequence";

    private static final SortedMap<String, Value> NO_COLUMNS = Collections.emptySortedMap();

    private static final SqlColumn ID = MetadataTables.HEAD.key().get(1);

    private final Session session;
    private final Catalogue catalogue;
    private final String scope;

    RecordReader(Session session, Catalogue catalogue, String scope) {
        this.session = session;
        this.catalogue = catalogue;
        this.scope = scope;
    }

    private record Head(RecordKey key, long sequence, Digest digest, int bucket, byte[] meta) {}

    List<ServerRecord> changesSince(long sequence, int recordsMax, long bytesMax) throws SQLException {
        return joined(session.query(CHANGES, RecordReader::head, scope, sequence, (long) recordsMax, bytesMax));
    }

    Map<RecordKey, ServerRecord> records(List<RecordKey> keys) throws SQLException {
        List<Head> heads = new ArrayList<>(keys.size());
        for (Map.Entry<String, List<String>> ids : byCollection(keys).entrySet()) {
            heads.addAll(session.query(
                    HEADS + "hf_record_head WHERE scope = ? AND collection = ? AND "
                            + session.dialect().among(ID),
                    RecordReader::head,
                    scope,
                    ids.getKey(),
                    new Session.Texts(ids.getValue())));
        }
        Map<RecordKey, ServerRecord> found = HashMap.newHashMap(heads.size());
        joined(heads).forEach(row -> found.put(row.key(), row));
        return found;
    }

    List<ServerRecord> live(String collection, String afterId, int limit) throws SQLException {
        return joined(session.query(
                HEADS + "hf_record_head WHERE scope = ? AND collection = ? AND id > ? AND digest IS NOT NULL"
                        + " ORDER BY id LIMIT ?",
                RecordReader::head,
                scope,
                collection,
                afterId,
                (long) limit));
    }

    private static Map<String, List<String>> byCollection(List<RecordKey> keys) {
        return keys.stream()
                .distinct()
                .collect(Collectors.groupingBy(
                        RecordKey::collection, TreeMap::new, Collectors.mapping(RecordKey::id, Collectors.toList())));
    }

    private static Head head(ResultSet row) throws SQLException {
        byte[] digest = row.getBytes(4);
        return new Head(
                new RecordKey(row.getString(1), row.getString(2)),
                row.getLong(3),
                digest == null ? Digest.NONE : Digest.of(digest),
                row.getInt(5),
                row.getBytes(6));
    }

    private List<ServerRecord> joined(List<Head> heads) throws SQLException {
        List<RecordKey> live = heads.stream()
                .filter(head -> !head.digest().isNone())
                .map(Head::key)
                .toList();
        Map<RecordKey, SortedMap<String, Value>> rows = HashMap.newHashMap(live.size());
        for (Map.Entry<String, List<String>> ids : byCollection(live).entrySet()) {
            rows(catalogue.table(ids.getKey()), ids.getValue(), rows);
        }
        List<ServerRecord> records = new ArrayList<>(heads.size());
        for (Head head : heads) {
            SortedMap<String, Value> values = rows.getOrDefault(head.key(), NO_COLUMNS);
            records.add(new ServerRecord(
                    head.key(), state(head.meta(), values), head.sequence(), head.digest(), head.bucket()));
        }
        return records;
    }

    /** What can no longer be read is nothing: the digest then shows the damage, and no other record waits for it. */
    private static RecordState state(byte[] meta, SortedMap<String, Value> values) {
        try {
            return StateCodec.decode(meta, values);
        } catch (RuntimeException senseless) {
            return RecordState.ABSENT;
        }
    }

    private void rows(CollectionTable table, List<String> ids, Map<RecordKey, SortedMap<String, Value>> rows)
            throws SQLException {
        boolean[] foreign = {false};
        List<String> found = session.query(
                "SELECT id, EXISTS (SELECT 1 FROM hf_foreign_write WHERE scope = ?)"
                        + table.wholeList(session.dialect(), "t") + " FROM "
                        + table.table().quoted() + " AS t WHERE scope = ? AND "
                        + session.dialect().among(ID),
                row -> {
                    foreign[0] = row.getBoolean(2);
                    rows.put(
                            new RecordKey(table.collection(), row.getString(1)),
                            table.values(session.dialect(), row, 3));
                    return row.getString(1);
                },
                scope,
                scope,
                new Session.Texts(ids));
        if (foreign[0] || found.size() < ids.size()) {
            asTheyWere(table, ids, rows);
        }
    }

    /** Rows that another program has written count as they were, until an append takes in what was written. */
    private void asTheyWere(CollectionTable table, List<String> ids, Map<RecordKey, SortedMap<String, Value>> rows)
            throws SQLException {
        session.query(
                "SELECT id" + table.wholeList(session.dialect(), "t") + " FROM "
                        + table.before().quoted() + " AS t WHERE scope = ? AND "
                        + session.dialect().among(ID),
                row -> rows.put(
                        new RecordKey(table.collection(), row.getString(1)), table.values(session.dialect(), row, 2)),
                scope,
                new Session.Texts(ids));
    }
}
