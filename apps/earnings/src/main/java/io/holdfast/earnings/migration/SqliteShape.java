package io.holdfast.earnings.migration;

import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQLite: Holdfast's amounts are whole units of the eighth digit, its times microseconds. An old amount is a number or decimal
 * digits in text; an old time a number of seconds, milliseconds or microseconds, or ISO 8601 in UTC with a space or a T.
 */
final class SqliteShape implements OldShape {

    private static final String UNITS = "100000000";

    @Override
    public String userFits(String user) {
        return "length(" + user + ") BETWEEN 1 AND 128 AND " + user + " NOT GLOB '*[^A-Za-z0-9._:@-]*'";
    }

    @Override
    public String text(String user) {
        return "CAST(" + user + " AS TEXT)";
    }

    @Override
    public String likeUser(OldColumn user, String scope) {
        return scope;
    }

    @Override
    public List<OldColumn> columns(Session session, String table) throws SQLException {
        return session.query(
                "SELECT name, type, coalesce(dflt_value, '') FROM pragma_table_info(?) ORDER BY cid",
                row -> new OldColumn(row.getString(1), row.getString(2), "", row.getString(3), "", 0),
                table);
    }

    @Override
    public boolean isTable(Session session, String name) throws SQLException {
        return session.first(
                        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE",
                        row -> true,
                        name)
                .isPresent();
    }

    @Override
    public String toOld(OldColumn column, String value) {
        if (OldNames.isAmount(column.role())) {
            return OldTable.isText(column)
                    ? "printf('%d.%08d', " + value + " / " + UNITS + ", " + value + " % " + UNITS + ")"
                    : value + " / " + UNITS + ".0";
        }
        if (column.perSecond() > 0) {
            return value + " / " + 1_000_000 / column.perSecond();
        }
        return "strftime('%Y-%m-%d %H:%M:%S', " + value + " / 1000000, 'unixepoch') || CASE WHEN " + value
                + " % 1000000 = 0 THEN '' ELSE printf('.%06d', " + value + " % 1000000) END";
    }

    @Override
    public String toNew(OldColumn column, String value) {
        if (OldNames.isAmount(column.role())) {
            String digits = "substr(substr(" + value + ", instr(" + value + " || '.', '.') + 1) || '00000000', 1, 8)";
            return "CASE WHEN typeof(" + value + ") = 'text' THEN CAST(" + value + " AS INTEGER) * " + UNITS
                    + " + CAST(" + digits + " AS INTEGER) ELSE CAST(round(" + value + " * " + UNITS
                    + ") AS INTEGER) END";
        }
        if (column.perSecond() > 0) {
            return "CAST(" + value + " * " + 1_000_000 / column.perSecond() + " AS INTEGER)";
        }
        String fraction = "substr(" + value + ", instr(" + value + ", '.') + 1)";
        String micros = "CASE WHEN instr(" + value + ", '.') = 0 THEN 0 ELSE CAST(substr(rtrim(" + fraction
                + ", 'Zz') || '000000', 1, 6) AS INTEGER) END";
        return "CAST(strftime('%s', " + value + ") AS INTEGER) * 1000000 + " + micros;
    }

    @Override
    public String whole(OldColumn column, String value) {
        return toNew(column, value);
    }

    @Override
    public String now() {
        return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000";
    }

    @Override
    public String locking() {
        return "";
    }

    @Override
    public List<String> wholeTables() {
        return List.of();
    }

    @Override
    public List<String> triggers(OldTable old) {
        String user = old.user().quoted();
        String names = old.columns().stream().map(OldColumn::quoted).collect(Collectors.joining(", "));
        String values = old.columns().stream().map(SqliteShape::given).collect(Collectors.joining(", "));
        String mirrored = old.columns().stream()
                .map(column -> column.quoted() + " = NEW." + column.quoted())
                .collect(Collectors.joining(", "));
        String ofOld = " WHERE " + user + " = OLD." + user + ";";
        String typedOfOld = " WHERE scope = " + old.user("OLD.") + " AND id = " + old.user("OLD.") + ";";
        return List.of(
                "CREATE TRIGGER hf_old_insert INSTEAD OF INSERT ON " + old.view() + " BEGIN INSERT INTO " + old.kept()
                        + " (" + names + ") VALUES (" + values + "); INSERT INTO " + old.typed() + " ("
                        + old.typedColumns() + ") SELECT " + old.typedValues("NEW.") + " WHERE "
                        + userFits(old.user("NEW.")) + "; END",
                "CREATE TRIGGER hf_old_update INSTEAD OF UPDATE ON " + old.view()
                        + " BEGIN SELECT RAISE(ABORT, 'A user''s id does not change: delete the row and insert another.')"
                        + " WHERE NEW." + user + " IS NOT OLD." + user + "; UPDATE " + old.typed() + " SET "
                        + old.typedAssignments("OLD.", "NEW.", "IS NOT") + typedOfOld + " UPDATE " + old.kept()
                        + " SET "
                        + mirrored + ofOld + " END",
                "CREATE TRIGGER hf_old_delete INSTEAD OF DELETE ON " + old.view() + " BEGIN DELETE FROM " + old.typed()
                        + typedOfOld + " DELETE FROM " + old.kept() + ofOld + " END");
    }

    private static String given(OldColumn column) {
        String value = "NEW." + column.quoted();
        return column.preset().isEmpty() ? value : "coalesce(" + value + ", " + column.preset() + ")";
    }

    /** They go with the view. */
    @Override
    public List<String> dropTriggers(OldTable old) {
        return List.of();
    }
}
