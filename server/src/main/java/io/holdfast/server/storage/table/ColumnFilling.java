package io.holdfast.server.storage.table;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.List;

/**
 * Moves values into columns that were just added: devices with a newer schema may already have sent them, and they were
 * kept beside the rows. Records, their sequences and digests stay what they are.
 */
final class ColumnFilling {

    private static final long PAGE = 1_000;

    private final Session session;
    private final CollectionTable table;
    private final List<FieldColumn> added;

    ColumnFilling(Session session, CollectionTable table, List<FieldColumn> added) {
        this.session = session;
        this.table = table;
        this.added = added;
    }

    private record Row(String scope, RecordKey key, RecordState state) {}

    void fill() throws SQLException {
        String scope = "";
        String id = "";
        List<Row> page;
        do {
            page = page(scope, id);
            for (Row row : page) {
                if (added.stream()
                        .anyMatch(column -> !row.state().value(column.field()).isNull())) {
                    rewrite(row);
                }
                scope = row.scope();
                id = row.key().id();
            }
        } while (page.size() == PAGE);
    }

    private List<Row> page(String scope, String id) throws SQLException {
        return session.query(
                "SELECT h.scope, h.id, h.meta" + table.wholeList(session.dialect(), "t")
                        + " FROM hf_record_head h JOIN "
                        + table.table().quoted() + " t ON t.scope = h.scope AND t.id = h.id"
                        + " WHERE h.collection = ? AND h.digest IS NOT NULL AND (h.scope, h.id) > (?, ?)"
                        + " ORDER BY h.scope, h.id LIMIT ?",
                row -> new Row(
                        row.getString(1),
                        new RecordKey(table.collection(), row.getString(2)),
                        StateCodec.decode(row.getBytes(3), table.values(session.dialect(), row, 4))),
                table.collection(),
                scope,
                id,
                PAGE);
    }

    private void rewrite(Row row) throws SQLException {
        CollectionTable.Split split = table.split(row.key(), row.state());
        session.upsert(table.table(), row.scope(), List.<@org.jspecify.annotations.Nullable Object[]>of(split.row()));
        session.update(
                "UPDATE hf_record_head SET meta = ?, size = ? WHERE scope = ? AND collection = ? AND id = ?",
                split.meta(),
                (long) split.bytes(),
                row.scope(),
                table.collection(),
                row.key().id());
    }
}
