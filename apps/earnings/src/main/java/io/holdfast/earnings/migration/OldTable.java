package io.holdfast.earnings.migration;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The old table, under whichever name it stands now, and the view that shows its shape once Holdfast has the data. Immutable.
 *
 * @param columns in the old table's order
 */
record OldTable(OldNames names, List<OldColumn> columns, OldShape shape) {

    private static final double SECONDS_MAX = 1e11;
    private static final double MILLIS_MAX = 1e14;

    OldTable {
        columns = List.copyOf(columns);
    }

    /**
     * Looks at the table.
     *
     * @param name that it has now
     * @throws HoldfastException USAGE if it is not there or has no column for the user
     */
    static OldTable read(Session session, OldNames names, OldShape shape, String name) throws SQLException {
        Map<String, String> roles = names.columns().entrySet().stream()
                .collect(Collectors.toMap(column -> column.getValue().toLowerCase(Locale.ROOT), Map.Entry::getKey));
        List<OldColumn> columns = new ArrayList<>();
        for (OldColumn column : shape.columns(session, name)) {
            String role = roles.getOrDefault(column.name().toLowerCase(Locale.ROOT), "");
            columns.add(column.as(role, perSecond(session, name, column.as(role, 0))));
        }
        OldTable old = new OldTable(names, columns, shape);
        if (old.column(OldNames.USER).isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    columns.isEmpty()
                            ? "The database has no table " + name + "; name the old table with --table."
                            : "The table " + name + " has no column "
                                    + names.columns().get(OldNames.USER)
                                    + "; name the column of the user's id with --column user_id=NAME.");
        }
        return old;
    }

    /** Times kept as numbers are told apart by their size: nobody mined before 1973. */
    private static long perSecond(Session session, String table, OldColumn column) throws SQLException {
        if (!column.mapped() || OldNames.isAmount(column.role()) || !isNumber(session, table, column)) {
            return 0;
        }
        double latest = session.first(
                        "SELECT max(CAST(" + column.quoted() + " AS DOUBLE PRECISION)) FROM \"" + table + '"',
                        row -> row.getDouble(1))
                .orElse(0.0);
        return latest > MILLIS_MAX ? 1_000_000 : latest > SECONDS_MAX ? 1_000 : 1;
    }

    private static boolean isNumber(Session session, String table, OldColumn column) throws SQLException {
        String type = column.type().toUpperCase(Locale.ROOT);
        boolean declared = Stream.of("INT", "REAL", "DOUB", "NUM", "FLOA").anyMatch(type::contains);
        boolean dated = Stream.of("TIME", "DATE", "CHAR", "TEXT").anyMatch(type::contains);
        return declared
                || (!dated
                        && session.first(
                                        "SELECT typeof(" + column.quoted() + ") IN ('integer', 'real') FROM \"" + table
                                                + "\" WHERE " + column.quoted() + " IS NOT NULL LIMIT 1",
                                        row -> row.getBoolean(1))
                                .orElse(false));
    }

    Optional<OldColumn> column(String role) {
        return columns.stream().filter(column -> column.role().equals(role)).findFirst();
    }

    List<OldColumn> mapped() {
        return columns.stream().filter(OldColumn::mapped).toList();
    }

    OldColumn user() {
        return column(OldNames.USER).orElseThrow();
    }

    String kept() {
        return '"' + names.kept() + '"';
    }

    String typed() {
        return '"' + names.typed() + '"';
    }

    String view() {
        return '"' + names.table() + '"';
    }

    /** The user of a row of the old table, as the scope of his records is called. */
    String user(String row) {
        return shape.text(row + user().quoted());
    }

    /** That a row of the kept table and one of Holdfast's are of the same user. */
    String same(String kept, String typed) {
        return typed + "scope = " + user(kept) + " AND " + typed + "id = " + user(kept);
    }

    /** The old shape: what Holdfast has of a user if it has him, what the old table has else; users only Holdfast has at last. */
    String viewDefinition() {
        String ours = columns.stream().map(this::shown).collect(Collectors.joining(", "));
        String view = "CREATE VIEW " + view() + " AS SELECT " + ours + " FROM " + kept() + " AS k LEFT JOIN " + typed()
                + " AS t ON " + same("k.", "t.");
        if (!isText(user())) {
            return view;
        }
        String theirs = columns.stream().map(this::onlyTyped).collect(Collectors.joining(", "));
        return view + " UNION ALL SELECT " + theirs + " FROM " + typed() + " AS t WHERE NOT EXISTS (SELECT 1 FROM "
                + kept() + " AS k WHERE " + user("k.") + " = t.scope)";
    }

    /** The user of a row of Holdfast's table, as the old table has users. */
    private String asUser() {
        return shape.likeUser(user(), "t.scope");
    }

    /** The statement by which a user is found whom only Holdfast has; absent if the old table cannot have such users. */
    Optional<String> typedIndex() {
        return isText(user())
                ? Optional.of("CREATE INDEX IF NOT EXISTS hf_old_typed ON " + typed() + " (("
                        + shape.likeUser(user(), "scope") + "))")
                : Optional.empty();
    }

    private String shown(OldColumn column) {
        return column.mapped()
                ? "CASE WHEN t.id IS NULL THEN k." + column.quoted() + " ELSE "
                        + shape.toOld(column, "t.\"" + column.role() + '"') + " END AS " + column.quoted()
                : "k." + column.quoted();
    }

    private String onlyTyped(OldColumn column) {
        if (column.role().equals(OldNames.USER)) {
            return asUser();
        }
        return column.mapped() ? shape.toOld(column, "t.\"" + column.role() + '"') : typedNull(column);
    }

    private static String typedNull(OldColumn column) {
        return column.type().isEmpty() ? "NULL" : "CAST(NULL AS " + column.type() + ")";
    }

    static boolean isText(OldColumn column) {
        String type = column.type().toUpperCase(Locale.ROOT);
        return type.isEmpty() || Stream.of("CHAR", "TEXT", "CLOB").anyMatch(type::contains);
    }

    /** Values of a row of the old shape, for the columns that an insert into Holdfast's table names. */
    String typedColumns() {
        return "scope, id, user_id, current_earnings, earning_rate, base_earning_rate, total_earned, held_earnings,"
                + " last_update, start_date, created_at, updated_at, sync_status, retry_count";
    }

    /** See {@link #typedColumns}. */
    String typedValues(String row) {
        String amount = valued(row, OldNames.AMOUNT, "0");
        String rate = valued(row, OldNames.RATE, "0");
        String begun = valued(row, OldNames.START_DATE, valued(row, OldNames.LAST_UPDATE, shape.now()));
        return user(row) + ", " + user(row) + ", " + user(row) + ", " + amount + ", " + rate + ", " + rate + ", "
                + amount
                + ", 0, " + valued(row, OldNames.LAST_UPDATE, shape.now()) + ", " + begun + ", " + begun + ", "
                + shape.now() + ", 'synced', 0";
    }

    private String valued(String row, String role, String otherwise) {
        return column(role)
                .map(column -> "coalesce(" + shape.toNew(column, row + column.quoted()) + ", " + otherwise + ")")
                .orElse(otherwise);
    }

    /** Assignments to Holdfast's table for the columns that differ between two rows of the old shape. */
    String typedAssignments(String before, String after, String differs) {
        return mapped().stream()
                .map(column -> '"' + column.role() + "\" = CASE WHEN " + after + column.quoted() + " " + differs + " "
                        + before + column.quoted() + " THEN coalesce("
                        + shape.toNew(column, after + column.quoted()) + ", \"" + column.role() + "\") ELSE \""
                        + column.role() + "\" END")
                .collect(Collectors.joining(", ", "", mapped().isEmpty() ? "user_id = user_id" : ""));
    }

    /** That the kept row says another thing of a user than Holdfast's. */
    String differing() {
        return mapped().stream()
                .map(column -> shape.toNew(column, "k." + column.quoted()) + " <> t.\"" + column.role() + '"')
                .collect(Collectors.joining(" OR "));
    }

    /** Assignments of the kept row's values to Holdfast's columns. */
    String refreshed() {
        return mapped().stream()
                .map(column -> '"' + column.role() + "\" = coalesce(" + shape.toNew(column, "k." + column.quoted())
                        + ", t.\"" + column.role() + "\")")
                .collect(Collectors.joining(", "));
    }
}
