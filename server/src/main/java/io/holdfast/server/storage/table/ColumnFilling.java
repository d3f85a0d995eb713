package io.holdfast.server.storage.table;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlTable;
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

    /** Rows that another program has written are filled as they were, and as they are. */
    void fill() throws SQLException {
        boolean foreign = session.first("SELECT 1 FROM " + table.before().quoted() + " LIMIT 1", row -> true)
                .isPresent();
        if (foreign) {
            fill(table.before(), "");
            for (FieldColumn column : added) {
                session.execute("UPDATE " + table.table().quoted() + " AS t SET "
                        + column.column().quoted() + " = (SELECT b."
                        + column.column().quoted() + kept() + ")"
                        + " WHERE EXISTS (SELECT 1" + kept() + ")");
            }
        }
        fill(table.table(), foreign ? " AND NOT EXISTS (SELECT 1" + kept() + ")" : "");
    }

    private String kept() {
        return " FROM " + table.before().quoted() + " AS b WHERE b.scope = t.scope AND b.id = t.id";
    }

    private record Row(String scope, RecordKey key, RecordState state) {}

    private void fill(SqlTable rows, String condition) throws SQLException {
        String scope = "";
        String id = "";
        List<Row> page;
        do {
            page = page(rows, condition, scope, id);
            for (Row row : page) {
                if (added.stream()
                        .anyMatch(column -> !row.state().value(column.field()).isNull())) {
                    rewrite(rows, row);
                }
                scope = row.scope();
                id = row.key().id();
            }
        } while (page.size() == PAGE);
    }

    private List<Row> page(SqlTable rows, String condition, String scope, String id) throws SQLException {
        return session.query(
                "SELECT h.scope, h.id, h.meta" + table.wholeList(session.dialect(), "t")
                        + " FROM hf_record_head h JOIN "
                        + rows.quoted() + " t ON t.scope = h.scope AND t.id = h.id"
                        + " WHERE h.collection = ? AND h.digest IS NOT NULL AND (h.scope, h.id) > (?, ?)" + condition
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

    private void rewrite(SqlTable rows, Row row) throws SQLException {
        CollectionTable.Split split = table.split(row.key(), row.state());
        session.upsert(rows, row.scope(), List.<@org.jspecify.annotations.Nullable Object[]>of(split.row()));
        session.update(
                "UPDATE hf_record_head SET meta = ?, size = ? WHERE scope = ? AND collection = ? AND id = ?",
                split.meta(),
                (long) split.bytes(),
                row.scope(),
                table.collection(),
                row.key().id());
    }
}
