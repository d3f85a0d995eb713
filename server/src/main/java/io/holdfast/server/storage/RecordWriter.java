package io.holdfast.server.storage;

import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.StateCodec;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.sql.SqlTable;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the records of one update: heads, typed rows of the live, and no rows of the deleted. Not thread-safe. */
final class RecordWriter {

    private final Session session;
    private final Catalogue catalogue;
    private final String scope;
    private final Set<RecordKey> fresh;
    private final List<@Nullable Object[]> freshHeads = new ArrayList<>();
    private final List<@Nullable Object[]> heads = new ArrayList<>();
    private final Map<String, List<@Nullable Object[]>> freshRows = new TreeMap<>();
    private final Map<String, List<@Nullable Object[]>> rows = new TreeMap<>();
    private final Map<String, List<String>> deleted = new TreeMap<>();

    /**
     * A writer for one update.
     *
     * @param fresh records known to be absent: they are inserted, which is faster, and fails if they are there after all
     */
    RecordWriter(Session session, Catalogue catalogue, String scope, Set<RecordKey> fresh) {
        this.session = session;
        this.catalogue = catalogue;
        this.scope = scope;
        this.fresh = fresh;
    }

    void write(List<ServerRecord> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        for (ServerRecord row : latest(records)) {
            if (row.digest().isNone()) {
                addTombstone(row);
            } else {
                addLive(row);
            }
        }
        session.own(this::writeRows);
        session.insert(MetadataTables.HEAD, scope, freshHeads);
        session.upsert(MetadataTables.HEAD, scope, heads);
    }

    private void writeRows() throws SQLException {
        for (Map.Entry<String, List<@Nullable Object[]>> entry : freshRows.entrySet()) {
            session.insert(catalogue.table(entry.getKey()).table(), scope, entry.getValue());
        }
        for (Map.Entry<String, List<@Nullable Object[]>> entry : rows.entrySet()) {
            session.upsert(catalogue.table(entry.getKey()).table(), scope, entry.getValue());
        }
        for (Map.Entry<String, List<String>> entry : deleted.entrySet()) {
            delete(catalogue.table(entry.getKey()).table(), entry.getValue());
        }
    }

    private void addLive(ServerRecord row) {
        String collection = row.key().collection();
        CollectionTable.Split split = catalogue.table(collection).split(row.key(), row.state());
        boolean isFresh = fresh.contains(row.key());
        (isFresh ? freshRows : rows)
                .computeIfAbsent(collection, name -> new ArrayList<>())
                .add(split.row());
        (isFresh ? freshHeads : heads).add(head(row, row.digest().bytes(), split.meta(), split.bytes()));
    }

    private void addTombstone(ServerRecord row) {
        byte[] meta = StateCodec.encode(row.state());
        boolean isFresh = fresh.contains(row.key());
        (isFresh ? freshHeads : heads).add(head(row, null, meta, meta.length));
        // Also of a record that is new to us: someone else may have put a row there.
        deleted.computeIfAbsent(row.key().collection(), name -> new ArrayList<>())
                .add(row.key().id());
    }

    /** Of a record that is there twice, the later. */
    private static Collection<ServerRecord> latest(List<ServerRecord> records) {
        Map<RecordKey, ServerRecord> latest = LinkedHashMap.newLinkedHashMap(records.size());
        records.forEach(row -> latest.put(row.key(), row));
        long sequences = latest.values().stream()
                .mapToLong(ServerRecord::sequence)
                .distinct()
                .count();
        if (sequences < latest.size()) {
            throw new IllegalArgumentException("two records share a sequence");
        }
        return latest.values();
    }

    private static @Nullable Object[] head(ServerRecord row, byte @Nullable [] digest, byte[] meta, int bytes) {
        return new @Nullable Object[] {
            row.key().collection(), row.key().id(), row.sequence(), digest, (long) row.bucket(), (long) bytes, meta
        };
    }

    private void delete(SqlTable table, List<String> ids) throws SQLException {
        SqlColumn id = table.key().getFirst();
        session.update(
                "DELETE FROM " + table.quoted() + " WHERE scope = ? AND "
                        + session.dialect().among(id),
                scope,
                new Session.Texts(ids));
    }
}
