package io.holdfast.earnings.migration;

import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;

/**
 * What the old application did between a rollback and the next migration, when nothing noted its writes: told by comparing the table
 * that it had then with what Holdfast kept, and with the users that the rollback gave back. Taken in like any other program's writes.
 * Stateless.
 */
record Meanwhile(OldTable old) {

    /** Users in the old table when it was brought back. */
    private static final String BACK = "hf_old_back";

    /** The old table is about to come back under its name. */
    void begin(Session session) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + BACK);
        session.execute("CREATE TABLE " + BACK + " AS SELECT " + old.user("k.") + " AS scope FROM " + old.kept()
                + " AS k WHERE EXISTS (SELECT 1 FROM " + old.typed() + " AS t WHERE " + old.same("k.", "t.") + ")");
    }

    /** The old table has stepped aside again. Does nothing before a first migration. */
    void takeIn(Session session) throws SQLException {
        if (old.shape().isTable(session, BACK)) {
            deletions(session);
            session.execute("DROP TABLE " + BACK);
        }
        insertions(session);
        updates(session);
    }

    /** Only users that were given back: whom Holdfast got meanwhile from elsewhere the old application never had. */
    private void deletions(Session session) throws SQLException {
        session.execute("DELETE FROM " + old.typed() + " AS t WHERE t.id = t.scope AND t.scope IN (SELECT b.scope FROM "
                + BACK + " AS b) AND NOT EXISTS (SELECT 1 FROM " + old.kept() + " AS k WHERE " + old.user("k.")
                + " = t.scope)");
    }

    /** Users whom Holdfast has deleted: now, because a rollback would take them for deleted as long as they wait for their page. */
    private void insertions(Session session) throws SQLException {
        session.execute("INSERT INTO " + old.typed() + " (" + old.typedColumns() + ") SELECT " + old.typedValues("k.")
                + " FROM hf_record_head AS h JOIN " + old.kept() + " AS k ON " + old.user("k.") + " = h.scope"
                + " WHERE h.collection = '" + OldShape.COLLECTION + "' AND h.id = h.scope AND h.digest IS NULL"
                + " AND NOT EXISTS (SELECT 1 FROM " + old.typed() + " AS t WHERE " + old.same("k.", "t.") + ")");
    }

    private void updates(Session session) throws SQLException {
        if (!old.mapped().isEmpty()) {
            session.execute("UPDATE " + old.typed() + " AS t SET " + old.refreshed() + " FROM " + old.kept()
                    + " AS k WHERE " + old.same("k.", "t.") + " AND (" + old.differing() + ")");
        }
    }
}
