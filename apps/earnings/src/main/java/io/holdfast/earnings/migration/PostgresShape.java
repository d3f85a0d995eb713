package io.holdfast.earnings.migration;

import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * PostgreSQL: a view with triggers instead of its writes. They lock the rows of both tables before they look whether Holdfast has the
 * user, so that no write falls between the copy and the switch. A writer whose row was changed since he read it gets a
 * serialization failure (40001), because what he would write follows from what is no longer there.
 */
final class PostgresShape implements OldShape {

    @Override
    public String userFits(String user) {
        return user + " ~ '^[A-Za-z0-9._:@-]{1,128}$'";
    }

    @Override
    public String text(String user) {
        return "(" + user + ")::text COLLATE \"C\"";
    }

    /** Of the column's type, but of any length: then the engine looks for a user in both halves of the view by an index. */
    @Override
    public String likeUser(OldColumn user, String scope) {
        String type =
                user.type().startsWith("character(") ? "bpchar" : user.type().replaceFirst("\\(.*", "");
        return "(" + scope + ")::" + type + (user.collation().isEmpty() ? "" : " COLLATE " + user.collation());
    }

    @Override
    public List<OldColumn> columns(Session session, String table) throws SQLException {
        return session.query(
                "SELECT attname, format_type(atttypid, atttypmod), CASE WHEN attcollation = 0 THEN '' ELSE"
                        + " (SELECT format('%I.%I', nspname, collname) FROM pg_collation JOIN pg_namespace ON"
                        + " pg_namespace.oid = collnamespace WHERE pg_collation.oid = attcollation) END, CASE WHEN attidentity <> '' THEN"
                        + " format('nextval(%L)', pg_get_serial_sequence(format('%I', relname), attname))"
                        + " ELSE coalesce(pg_get_expr(adbin, adrelid), '') END FROM pg_attribute"
                        + " JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
                        + " WHERE relnamespace = current_schema()::regnamespace AND relname = ? AND attnum > 0 AND NOT attisdropped"
                        + " ORDER BY attnum",
                row -> new OldColumn(row.getString(1), row.getString(2), row.getString(3), row.getString(4), "", 0),
                table);
    }

    @Override
    public boolean isTable(Session session, String name) throws SQLException {
        return session.first(
                        "SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ?"
                                + " AND relkind IN ('r', 'p')",
                        row -> true,
                        name)
                .isPresent();
    }

    private static boolean isZoned(OldColumn column) {
        String type = column.type().toLowerCase(Locale.ROOT);
        return !type.startsWith("timestamp") || type.contains("with time zone");
    }

    @Override
    public String toOld(OldColumn column, String value) {
        if (OldNames.isAmount(column.role())) {
            return "(" + value + ")::" + column.type();
        }
        if (column.perSecond() > 0) {
            return "(extract(epoch FROM " + value + ") * " + column.perSecond() + ")::" + column.type();
        }
        return isZoned(column) ? "(" + value + ")::" + column.type() : "(" + value + ") AT TIME ZONE 'UTC'";
    }

    @Override
    public String toNew(OldColumn column, String value) {
        if (OldNames.isAmount(column.role())) {
            return "round((" + value + ")::numeric, 8)";
        }
        if (column.perSecond() > 0) {
            String micros = "((" + value + ")::numeric * " + 1_000_000 / column.perSecond() + ")::bigint";
            return "timestamptz 'epoch' + " + micros + " / 3600000000 * interval '1 hour' + " + micros
                    + " % 3600000000 * interval '1 microsecond'";
        }
        return isZoned(column) ? "(" + value + ")::timestamptz" : "(" + value + ") AT TIME ZONE 'UTC'";
    }

    @Override
    public String whole(OldColumn column, String value) {
        String converted = toNew(column, value);
        return OldNames.isAmount(column.role())
                ? "trunc(" + converted + " * 100000000)::text"
                : "(extract(epoch FROM " + converted + ") * 1000000)::bigint";
    }

    @Override
    public String now() {
        return "now()";
    }

    @Override
    public String locking() {
        return " FOR UPDATE";
    }

    /** The server's connections look up single rows, and so never read a table in sequence. */
    @Override
    public List<String> wholeTables() {
        return List.of("SET LOCAL enable_seqscan = on", "SET LOCAL work_mem = '64MB'");
    }

    @Override
    public List<String> triggers(OldTable old) {
        return List.of(
                "CREATE OR REPLACE FUNCTION hf_old_caller() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                        + " SET search_path FROM CURRENT AS $hf$ BEGIN " + inserting(old) + seen(old) + deleting(old)
                        + updating(old) + " RETURN NEW; END $hf$",
                "CREATE TRIGGER hf_old_caller INSTEAD OF INSERT OR UPDATE OR DELETE ON " + old.view()
                        + " FOR EACH ROW EXECUTE FUNCTION hf_old_caller()",
                // No row trigger would see it, and what Holdfast did not take over stands there alone.
                "CREATE TRIGGER hf_foreign_truncate BEFORE TRUNCATE ON " + old.kept()
                        + " FOR EACH STATEMENT EXECUTE FUNCTION hf_no_truncate()");
    }

    private String inserting(OldTable old) {
        String names = old.columns().stream().map(OldColumn::quoted).collect(Collectors.joining(", "));
        String values = old.columns().stream().map(PostgresShape::given).collect(Collectors.joining(", "));
        return "IF TG_OP = 'INSERT' THEN INSERT INTO " + old.kept() + " (" + names
                + ") OVERRIDING SYSTEM VALUE VALUES ("
                + values + "); IF " + userFits(old.user("NEW.")) + " THEN INSERT INTO " + old.typed() + " ("
                + old.typedColumns() + ") VALUES (" + old.typedValues("NEW.") + "); END IF; RETURN NEW; END IF;";
    }

    private static String given(OldColumn column) {
        String value = "NEW." + column.quoted();
        return column.preset().isEmpty() ? value : "coalesce(" + value + ", " + column.preset() + ")";
    }

    private static String seen(OldTable old) {
        String user = old.user().quoted();
        return " PERFORM 1 FROM " + old.kept() + " AS k WHERE k." + user + " = OLD." + user + " FOR UPDATE;"
                + " PERFORM 1 FROM " + old.typed() + " AS t WHERE " + old.same("OLD.", "t.") + " FOR UPDATE;"
                + " IF NOT EXISTS (SELECT 1 FROM " + old.view() + " AS v WHERE v." + user + " = OLD." + user
                + " AND v::text = OLD::text) THEN RAISE EXCEPTION 'The row was changed meanwhile: read it again.'"
                + " USING ERRCODE = 'serialization_failure'; END IF;";
    }

    private static String deleting(OldTable old) {
        String user = old.user().quoted();
        return " IF TG_OP = 'DELETE' THEN DELETE FROM " + old.typed() + " AS t WHERE " + old.same("OLD.", "t.")
                + "; DELETE FROM " + old.kept() + " WHERE " + user + " = OLD." + user + "; RETURN OLD; END IF;";
    }

    private static String updating(OldTable old) {
        String user = old.user().quoted();
        // A row's own number stays what it is, and may be one that nobody can set.
        String mirrored = old.columns().stream()
                .filter(column -> !column.preset().startsWith("nextval("))
                .map(column -> column.quoted() + " = NEW." + column.quoted())
                .collect(Collectors.joining(", "));
        return " IF NEW." + user + " IS DISTINCT FROM OLD." + user
                + " THEN RAISE EXCEPTION 'A user''s id does not change: delete the row and insert another.'; END IF;"
                + " UPDATE " + old.typed() + " AS t SET " + old.typedAssignments("OLD.", "NEW.", "IS DISTINCT FROM")
                + " WHERE " + old.same("OLD.", "t.") + "; UPDATE " + old.kept() + " SET " + mirrored + " WHERE " + user
                + " = OLD." + user + ";";
    }

    @Override
    public List<String> dropTriggers(OldTable old) {
        return List.of(
                "DROP FUNCTION IF EXISTS hf_old_caller()",
                "DROP TRIGGER IF EXISTS hf_foreign_truncate ON " + old.kept());
    }
}
