package io.holdfast.server.storage.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Triggers that pass the server's writes over because its transactions put a row into {@code hf_own_write} while they write, and
 * take it out before they commit: nobody else ever sees it, and a crash takes it back. A function of the server's connections
 * would do as well for the server, but every other program would fail for want of it.
 *
 * <p>They run before a row is written, because {@code REPLACE} deletes rows without a trigger. No statement in them may meet a
 * conflict: the clause of the outer statement ({@code INSERT OR REPLACE}) would decide it.
 */
final class SqliteTriggers implements ForeignTriggers {

    private static final String FOREIGN = " WHEN NOT EXISTS (SELECT 1 FROM hf_own_write) BEGIN";
    private static final String NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    private static final String SCOPE_RULE = "A scope has 1 to 200 characters, and every row has a scope and an id.";

    @Override
    public List<String> create(Watched watched) {
        String on = " ON " + watched.table().quoted() + FOREIGN;
        return List.of(
                "CREATE TRIGGER " + name(watched, "i") + " BEFORE INSERT" + on + scopeRule() + kept(watched, "NEW", "")
                        + note(watched, "NEW", "INSERT", "") + " END",
                "CREATE TRIGGER " + name(watched, "u") + " BEFORE UPDATE" + on + scopeRule() + kept(watched, "OLD", "")
                        + note(watched, "OLD", "UPDATE", "") + kept(watched, "NEW", moved())
                        + note(watched, "NEW", "UPDATE", moved()) + " END",
                "CREATE TRIGGER " + name(watched, "d") + " BEFORE DELETE" + on + kept(watched, "OLD", "")
                        + note(watched, "OLD", "DELETE", "") + " END");
    }

    private static String moved() {
        return " AND (NEW.scope IS NOT OLD.scope OR NEW.id IS NOT OLD.id)";
    }

    private static String scopeRule() {
        return " SELECT RAISE(ABORT, '" + SCOPE_RULE + "') WHERE NEW.id IS NULL OR NEW.scope IS NULL"
                + " OR length(NEW.scope) NOT BETWEEN 1 AND 200;";
    }

    private static String kept(Watched watched, String row, String condition) {
        String columns = watched.table().columns().stream()
                .map(column -> ", " + column.quoted())
                .collect(Collectors.joining("", SqlTable.SCOPE.quoted(), ""));
        String key = "scope = " + row + ".scope AND id = " + row + ".id";
        return " INSERT INTO " + watched.before().quoted() + " (" + columns + ") SELECT " + columns + " FROM "
                + watched.table().quoted() + " WHERE " + key + condition + " AND NOT EXISTS (SELECT 1 FROM "
                + watched.before().quoted() + " WHERE " + key + ");";
    }

    private static String note(Watched watched, String row, String operation, String condition) {
        return " INSERT INTO hf_foreign_write (scope, collection, id, operation, at_millis) SELECT " + row + ".scope, '"
                + watched.collection().replace("'", "''") + "', " + row + ".id, '" + operation + "', " + NOW
                + " WHERE 1" + condition + ";";
    }

    @Override
    public List<String> drop(Watched watched) {
        List<String> statements = new ArrayList<>();
        for (String kind : List.of("i", "u", "d")) {
            statements.add("DROP TRIGGER IF EXISTS " + name(watched, kind));
        }
        return statements;
    }

    private static String name(Watched watched, String kind) {
        return SqlColumn.quoted(watched.before().name().replaceFirst("^hf_before_", PREFIX) + "_" + kind);
    }

    @Override
    public void beginOwn(Session session) throws SQLException {
        session.update("INSERT INTO hf_own_write (mark) VALUES (1)");
    }

    @Override
    public void endOwn(Session session) throws SQLException {
        session.update("DELETE FROM hf_own_write");
    }
}
