package io.holdfast.server.storage.table;

import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import java.sql.SQLException;

/** Names of typed tables that are not those of their collections, because something else in the database has that name. Stateless. */
public final class TableNaming {

    private TableNaming() {}

    /**
     * Chooses the name of a table that is not there yet.
     *
     * @return false if the collection has a table, or a name, already: it stays
     */
    public static boolean choose(Session session, String collection, String table) throws SQLException {
        boolean there = session.first("SELECT 1 FROM hf_collection WHERE collection = ?", row -> true, collection)
                .isPresent();
        return !there
                && session.update(
                                "INSERT INTO hf_table_name (collection, name) VALUES (?, ?)"
                                        + " ON CONFLICT (collection) DO NOTHING",
                                collection,
                                table)
                        > 0;
    }

    static String quoted(Session session, String collection) throws SQLException {
        return SqlColumn.quoted(of(session, collection));
    }

    static String of(Session session, String collection) throws SQLException {
        return session.first("SELECT name FROM hf_table_name WHERE collection = ?", row -> row.getString(1), collection)
                .orElse(TableNames.table(collection));
    }
}
