package io.holdfast.server.storage.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One function a table, run after each row that a transaction without the local setting {@code holdfast.own} writes. Row triggers
 * with a condition, because one that does not hold costs the server's own writes next to nothing, while transition tables would be
 * filled for them too. The functions run as their owner with his search path: another program needs no rights on the
 * tables of Holdfast.
 *
 * <p>Every write is noted, however many to one row: a note may be taken away only by whoever has locked the row and read it after.
 */
final class PostgresTriggers implements ForeignTriggers {

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    @Override
    public List<String> create(Watched watched) {
        String function = function(watched);
        String table = watched.table().quoted();
        return List.of(
                "CREATE OR REPLACE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                        + " SET search_path FROM CURRENT AS $hf$ " + body(watched) + " $hf$",
                "CREATE TRIGGER hf_foreign_row AFTER INSERT OR UPDATE OR DELETE ON " + table
                        + " FOR EACH ROW WHEN (current_setting('holdfast.own', true) IS DISTINCT FROM 'on')"
                        + " EXECUTE FUNCTION " + function + "()",
                "CREATE TRIGGER hf_foreign_truncate BEFORE TRUNCATE ON " + table
                        + " FOR EACH STATEMENT EXECUTE FUNCTION hf_no_truncate()");
    }

    private static String body(Watched watched) {
        String columns = list(watched, "");
        return "BEGIN"
                + " IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;"
                + " IF TG_OP <> 'DELETE' AND (length(NEW.scope) NOT BETWEEN 1 AND 200 OR NEW.scope ~ '[[:cntrl:]]') THEN"
                + " RAISE EXCEPTION 'A scope has 1 to 200 characters and no control characters.'"
                + " USING ERRCODE = 'check_violation'; END IF;"
                + " IF TG_OP <> 'INSERT' THEN"
                + " INSERT INTO " + watched.before().quoted() + " (" + columns + ") VALUES (" + list(watched, "OLD.")
                + ") ON CONFLICT DO NOTHING;"
                + note(watched, "OLD") + " END IF;"
                + " IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND (NEW.scope <> OLD.scope OR NEW.id <> OLD.id)) THEN"
                + note(watched, "NEW") + " END IF;"
                + " RETURN NULL; END";
    }

    private static String list(Watched watched, String prefix) {
        return watched.table().columns().stream()
                .map(column -> ", " + prefix + column.quoted())
                .collect(Collectors.joining("", prefix + SqlTable.SCOPE.quoted(), ""));
    }

    private static String note(Watched watched, String row) {
        return " INSERT INTO hf_foreign_write (scope, collection, id, operation, at_millis) VALUES (" + row
                + ".scope, '" + watched.collection().replace("'", "''") + "', " + row + ".id, TG_OP, " + NOW + ");";
    }

    @Override
    public List<String> drop(Watched watched) {
        return List.of(
                "DROP TRIGGER IF EXISTS hf_foreign_row ON " + watched.table().quoted(),
                "DROP TRIGGER IF EXISTS hf_foreign_truncate ON "
                        + watched.table().quoted());
    }

    private static String function(Watched watched) {
        return SqlColumn.quoted(watched.before().name().replaceFirst("^hf_before_", PREFIX));
    }

    /** Of this transaction only: a connection may be shared with other programs by a pooler. */
    @Override
    public void beginOwn(Session session) throws SQLException {
        session.query("SELECT set_config('holdfast.own', 'on', true)", row -> true);
    }

    /** Nothing: the commit ends it. */
    @Override
    public void endOwn(Session session) {}
}
