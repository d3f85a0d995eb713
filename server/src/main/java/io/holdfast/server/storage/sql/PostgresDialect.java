package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL 15 and newer. Rows are written by one statement over {@code unnest}ed arrays, which takes a third of the time
 * of a JDBC batch. Instants cross as microseconds: the driver's calendar knows no proleptic Gregorian dates.
 */
final class PostgresDialect implements Dialect {

    private static final ForeignTriggers TRIGGERS = new PostgresTriggers();

    /** Of the 2,704 bytes that an index row may take, what all TEXT columns may take together. */
    private static final int INDEX_TEXT_BYTES = 2_000;

    /** Names the lock under which typed tables change. */
    private static final long CATALOGUE_LOCK = 0x686f6c6466617374L;

    private static final int UTF8_BYTES_MAX = 4;

    @Override
    public String definition(ColumnType type) {
        return switch (type.kind()) {
            case TEXT -> "TEXT COLLATE \"C\"";
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE PRECISION";
            case DECIMAL -> "NUMERIC(" + type.digits() + "," + type.scale() + ")";
            case BOOLEAN -> "BOOLEAN";
            case INSTANT -> "TIMESTAMP WITH TIME ZONE";
            case BYTES -> "BYTEA";
        };
    }

    @Override
    public String tableSuffix() {
        return "";
    }

    @Override
    public String selected(String qualifier, SqlColumn column) {
        String name = qualifier + "." + column.quoted();
        return switch (column.type().kind()) {
            case INSTANT ->
                "CASE WHEN isfinite(" + name + ") THEN (extract(epoch FROM " + name + ") * 1000000)::bigint END";
            case DECIMAL -> "nullif(" + name + ", 'NaN')";
            case TEXT, LONG, DOUBLE, BOOLEAN, BYTES -> name;
        };
    }

    /** Reads what {@link #read} makes of the column: what no field could hold counts as nothing, -0 as 0. */
    @Override
    public Optional<String> contentPart(String qualifier, SqlColumn column) {
        String name = qualifier + "." + column.quoted();
        String text = switch (column.type().kind()) {
            case TEXT -> "octet_length(" + name + ")::text || ':' || " + name;
            case LONG -> name + "::text";
            case DOUBLE ->
                "CASE WHEN " + name + " NOT IN ('NaN', 'Infinity', '-Infinity') THEN encode(float8send(" + name
                        + " + 0), 'hex') END";
            case DECIMAL, INSTANT -> "(" + selected(qualifier, column) + ")::text";
            case BOOLEAN -> "CASE WHEN " + name + " THEN 't' WHEN NOT " + name + " THEN 'f' END";
            case BYTES -> "encode(" + name + ", 'hex')";
        };
        return Optional.of("coalesce(" + text + ", '~') || ';'");
    }

    @Override
    public String indexed(SqlColumn column, int columns) {
        return column.type().kind() == ColumnType.Kind.TEXT
                ? "left(" + column.quoted() + ", " + INDEX_TEXT_BYTES / UTF8_BYTES_MAX / columns + ")"
                : column.quoted();
    }

    @Override
    public @Nullable Object read(ResultSet row, int index, ColumnType type) throws SQLException {
        return switch (type.kind()) {
            case TEXT -> row.getString(index);
            case LONG, INSTANT -> {
                long number = row.getLong(index);
                yield row.wasNull() ? null : number;
            }
            case DOUBLE -> {
                double number = row.getDouble(index);
                yield row.wasNull() || !Double.isFinite(number) ? null : number;
            }
            case DECIMAL -> row.getBigDecimal(index);
            case BOOLEAN -> {
                boolean flag = row.getBoolean(index);
                yield row.wasNull() ? null : flag;
            }
            case BYTES -> row.getBytes(index);
        };
    }

    @Override
    public String among(SqlColumn column) {
        return column.quoted() + " = ANY (?)";
    }

    @Override
    public void bind(Connection connection, PreparedStatement statement, int index, List<String> texts)
            throws SQLException {
        statement.setArray(index, connection.createArrayOf("text", texts.toArray(new String[0])));
    }

    @Override
    public void write(
            Connection connection,
            SqlTable table,
            List<String> scopes,
            List<@Nullable Object[]> rows,
            String onConflict)
            throws SQLException {
        List<SqlColumn> columns = table.columns();
        try (PreparedStatement statement =
                connection.prepareStatement(insertText(table, columns, scopes.size() > 1) + onConflict)) {
            if (scopes.size() > 1) {
                statement.setArray(1, connection.createArrayOf("text", scopes.toArray(new String[0])));
            } else {
                statement.setString(1, scopes.getFirst());
            }
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(2 + i, array(connection, columns.get(i).type(), rows, i));
            }
            statement.executeUpdate();
        }
    }

    private static String insertText(SqlTable table, List<SqlColumn> columns, boolean each) {
        StringJoiner sources = new StringJoiner(", ");
        StringJoiner arrays = new StringJoiner(", ");
        StringJoiner names = new StringJoiner(", ");
        for (int i = 0; i < columns.size(); i++) {
            ColumnType type = columns.get(i).type();
            sources.add(source("c" + i, type));
            arrays.add("?::" + transport(type) + "[]");
            names.add("c" + i);
        }
        return "INSERT INTO " + table.quoted() + " (" + table.columnList() + ") SELECT " + (each ? "s" : "?") + ", "
                + sources + " FROM unnest(" + (each ? "?::text[], " : "") + arrays + ") AS given ("
                + (each ? "s, " : "")
                + names + ")";
    }

    /** Hours and the rest of them, because an interval is multiplied as a double: both products stay exact. */
    private static String source(String name, ColumnType type) {
        return type.kind() == ColumnType.Kind.INSTANT
                ? "timestamptz 'epoch' + (" + name + " / 3600000000) * interval '1 hour' + (" + name
                        + " % 3600000000) * interval '1 microsecond'"
                : name;
    }

    private static String transport(ColumnType type) {
        return switch (type.kind()) {
            case TEXT -> "text";
            case LONG, INSTANT -> "int8";
            case DOUBLE -> "float8";
            case DECIMAL -> "numeric";
            case BOOLEAN -> "bool";
            case BYTES -> "bytea";
        };
    }

    private static Array array(Connection connection, ColumnType type, List<@Nullable Object[]> rows, int column)
            throws SQLException {
        @Nullable
        Object[] values = switch (type.kind()) {
            case TEXT, DECIMAL -> new String[rows.size()];
            case LONG, INSTANT -> new Long[rows.size()];
            case DOUBLE -> new Double[rows.size()];
            case BOOLEAN -> new Boolean[rows.size()];
            case BYTES -> new byte[rows.size()][];
        };
        for (int i = 0; i < values.length; i++) {
            Object value = rows.get(i)[column];
            values[i] = value instanceof BigDecimal number ? number.toPlainString() : value;
        }
        return connection.createArrayOf(transport(type), values);
    }

    @Override
    public String lockingRow() {
        return " FOR UPDATE";
    }

    @Override
    public void lockAbsentScope(Session session, String scope) throws SQLException {
        session.query("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, scope);
    }

    @Override
    public void lockAbsentScopes(Session session, List<String> scopes) throws SQLException {
        session.query(
                "SELECT pg_advisory_xact_lock(hashtextextended(scope, 0)) FROM unnest(?) AS scope",
                row -> true,
                new Session.Texts(scopes));
    }

    @Override
    public void lockCatalogue(Session session) throws SQLException {
        waitForever(session);
        session.query("SELECT pg_advisory_xact_lock(?)", row -> true, CATALOGUE_LOCK);
    }

    @Override
    public void lockScopes(Session session) throws SQLException {
        waitForever(session);
        session.execute("LOCK TABLE hf_scope IN EXCLUSIVE MODE");
    }

    /** For what is done once, when a server starts: another one that does it just now may take as long as it needs. */
    private static void waitForever(Session session) throws SQLException {
        session.execute("SET LOCAL lock_timeout = 0");
    }

    @Override
    public boolean exists(Session session, String name) throws SQLException {
        return session.first(
                        "SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
                                + " WHERE nspname = current_schema() AND relname = ?",
                        row -> true,
                        name)
                .isPresent();
    }

    @Override
    public Set<String> columns(Session session, String table) throws SQLException {
        return Set.copyOf(session.query(
                "SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
                        + " JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = current_schema()"
                        + " AND relname = ? AND attnum > 0 AND NOT attisdropped",
                row -> row.getString(1),
                table));
    }

    /** Nothing is rewritten: only the limit moves. */
    @Override
    public void lengthen(Session session, SqlTable table, SqlColumn column) throws SQLException {
        session.execute("ALTER TABLE " + table.quoted() + " ALTER COLUMN " + column.quoted() + " TYPE "
                + definition(column.type()));
    }

    @Override
    public ForeignTriggers foreignTriggers() {
        return TRIGGERS;
    }

    @Override
    public void beforeFullScan(Session session) throws SQLException {
        session.execute("SET LOCAL enable_seqscan = on");
    }

    @Override
    public boolean duplicate(SQLException failure) {
        return state(failure).equals("23505");
    }

    @Override
    public boolean repeatable(SQLException failure) {
        String state = state(failure);
        return state.equals("40001") || state.equals("40P01");
    }

    @Override
    public HoldfastException failure(SQLException failure, String place) {
        String state = state(failure);
        if (state.equals("53100")) {
            return new HoldfastException(
                    ErrorCode.STORE_FULL,
                    "The database at " + place + " has no space left; nothing was written. Free some space.",
                    failure);
        }
        if (state.startsWith("28")) {
            return unreachable(place, "refused the user or the password. Check both.", failure);
        }
        if (state.equals("42501")) {
            return unreachable(
                    place,
                    "does not let the user do what Holdfast needs. Make the user its owner, or grant it CONNECT on the database"
                            + " and USAGE and CREATE on the schema.",
                    failure);
        }
        if (state.equals("3D000")) {
            return unreachable(place, "has no database of that name. Create it or correct the address.", failure);
        }
        if (state.startsWith("0800") && !state.equals("08006") && !state.equals("08003")) {
            return unreachable(place, "cannot be reached. Check its address and whether it runs.", failure);
        }
        if (state.equals("55P03")) {
            return new HoldfastException(
                    ErrorCode.UNAVAILABLE,
                    "Another program keeps rows of the database at " + place
                            + " locked; nothing was written. Try again, or end its transaction (pg_stat_activity shows it).",
                    failure);
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            return new HoldfastException(
                    ErrorCode.UNAVAILABLE,
                    "The database at " + place + " broke off or takes no more connections. Try again.",
                    failure);
        }
        return new HoldfastException(
                ErrorCode.INTERNAL,
                "The database at " + place + " refused a statement (SQLSTATE " + state + ").",
                failure);
    }

    private static HoldfastException unreachable(String place, String what, SQLException failure) {
        return new HoldfastException(ErrorCode.DATABASE_UNREACHABLE, "The database at " + place + " " + what, failure);
    }

    static String state(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return failure instanceof java.sql.SQLTransientConnectionException ? "08006" : "";
    }
}
