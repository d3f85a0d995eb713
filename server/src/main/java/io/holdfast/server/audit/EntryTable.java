package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A table of entries of runs, read a page at a time.
 *
 * @param columns beside scope, run and entry
 * @param status the column that {@link LogFilter#status} speaks of
 */
record EntryTable<T>(String name, String columns, String status, Reader<T> reader) {

    /** Turns the present row into an entry. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row, RunId run) throws SQLException;
    }

    /** A run, and the scope that its rows name first. */
    record Owner(String scope, RunId run) {}

    /** Entries of one run behind the position. */
    List<T> ofRun(Session session, Owner owner, LogFilter filter, Optional<Position> after, int limit)
            throws SQLException {
        long behind = after.filter(position -> position.run().equals(owner.run()))
                .map(Position::entry)
                .orElse(0L);
        Conditions conditions = entryConditions(session, filter)
                .and(
                        "scope = ? AND run = ? AND entry > ?",
                        owner.scope(),
                        owner.run().text(),
                        behind);
        return query(session, conditions, "entry", limit);
    }

    /** Entries of one record behind the position, of any run. */
    List<T> ofKey(Session session, LogFilter filter, Optional<Position> after, int limit) throws SQLException {
        Conditions conditions = entryConditions(session, filter)
                .and("record_key = ?", filter.key().orElseThrow());
        filter.run().ifPresent(run -> conditions.and("run = ?", run.text()));
        filter.scopes().ifPresent(scopes -> conditions.among("scope", scopes));
        after.ifPresent(position -> conditions.and(
                "(run < ? OR (run = ? AND entry > ?))",
                position.run().text(),
                position.run().text(),
                position.entry()));
        return query(session, conditions, "run DESC, entry", limit);
    }

    private Conditions entryConditions(Session session, LogFilter filter) {
        Conditions conditions = new Conditions(session).within("at_millis", filter.from(), filter.until());
        if (!filter.status().isEmpty()) {
            conditions.among(status, filter.status());
        }
        return conditions;
    }

    private List<T> query(Session session, Conditions conditions, String order, int limit) throws SQLException {
        return session.query(
                "SELECT run, entry, " + columns + " FROM " + name + " WHERE " + conditions.text() + " ORDER BY " + order
                        + " LIMIT " + limit,
                row -> reader.read(row, new RunId(row.getString("run"))),
                conditions.parameters());
    }
}
