package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite. Instants are microseconds in an INTEGER, booleans 0 and 1, decimals of up to 18 digits scaled INTEGERs, longer
 * ones text that keeps their order ({@link WideDecimal}).
 */
final class SqliteDialect implements Dialect {

    private static final ForeignTriggers TRIGGERS = new SqliteTriggers();

    private static final int LONG_DIGITS_MAX = 18;
    private static final int PRIMARY_CODE = 0xff;

    @Override
    public String definition(ColumnType type) {
        return switch (type.kind()) {
            case TEXT -> "TEXT";
            case LONG, BOOLEAN, INSTANT -> "INTEGER";
            case DOUBLE -> "REAL";
            case DECIMAL -> isWide(type) ? "TEXT" : "INTEGER";
            case BYTES -> "BLOB";
        };
    }

    private static boolean isWide(ColumnType type) {
        return type.digits() > LONG_DIGITS_MAX;
    }

    @Override
    public String tableSuffix() {
        return " STRICT";
    }

    @Override
    public String selected(String qualifier, SqlColumn column) {
        return qualifier + "." + column.quoted();
    }

    /** Cannot hash; but it runs in this process, so that rows which are streamed leave it as little. */
    @Override
    public Optional<String> contentPart(String qualifier, SqlColumn column) {
        return Optional.empty();
    }

    @Override
    public String indexed(SqlColumn column, int columns) {
        return column.quoted();
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
            case DECIMAL -> isWide(type) ? wideDecimal(row, index, type) : decimal(row, index, type);
            case BOOLEAN -> {
                long flag = row.getLong(index);
                yield row.wasNull() ? null : flag != 0;
            }
            case BYTES -> row.getBytes(index);
        };
    }

    private static @Nullable BigDecimal decimal(ResultSet row, int index, ColumnType type) throws SQLException {
        long unscaled = row.getLong(index);
        return row.wasNull() ? null : BigDecimal.valueOf(unscaled, type.scale());
    }

    private static @Nullable BigDecimal wideDecimal(ResultSet row, int index, ColumnType type) throws SQLException {
        String text = row.getString(index);
        try {
            return text == null ? null : WideDecimal.decode(text, type.scale());
        } catch (NumberFormatException foreign) {
            return null;
        }
    }

    @Override
    public String among(SqlColumn column) {
        return column.quoted() + " IN (SELECT value FROM json_each(?))";
    }

    @Override
    public void bind(Connection connection, PreparedStatement statement, int index, List<String> texts)
            throws SQLException {
        List<JsonTree> elements =
                texts.stream().<JsonTree>map(JsonTree.Text::new).toList();
        statement.setString(index, CanonicalJson.of(new JsonTree.Elements(elements)));
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
        String text = "INSERT INTO " + table.quoted() + " (" + table.columnList() + ") VALUES (?"
                + ", ?".repeat(columns.size()) + ")" + onConflict;
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int at = 0; at < rows.size(); at++) {
                @Nullable Object[] row = rows.get(at);
                statement.setString(1, scopes.get(scopes.size() == 1 ? 0 : at));
                for (int i = 0; i < columns.size(); i++) {
                    bind(statement, 2 + i, columns.get(i).type(), row[i]);
                }
                statement.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement statement, int index, ColumnType type, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Double number -> statement.setDouble(index, number);
            case Boolean flag -> statement.setLong(index, flag ? 1 : 0);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case BigDecimal number -> {
                if (isWide(type)) {
                    statement.setString(index, WideDecimal.encode(number));
                } else {
                    statement.setLong(index, number.unscaledValue().longValueExact());
                }
            }
            default -> throw new IllegalArgumentException("no column carries " + value.getClass());
        }
    }

    /** Nothing: the transaction already holds the only writing lock. */
    @Override
    public String lockingRow() {
        return "";
    }

    /** Nothing: the transaction already holds the only writing lock. */
    @Override
    public void lockAbsentScope(Session session, String scope) {}

    /** Nothing: the transaction already holds the only writing lock. */
    @Override
    public void lockAbsentScopes(Session session, List<String> scopes) {}

    /** Nothing: the transaction already holds the only writing lock. */
    @Override
    public void lockCatalogue(Session session) {}

    /** Nothing: the transaction already holds the only writing lock. */
    @Override
    public void lockScopes(Session session) {}

    @Override
    public boolean exists(Session session, String name) throws SQLException {
        return session.first("SELECT 1 FROM sqlite_schema WHERE name = ? COLLATE NOCASE", row -> true, name)
                .isPresent();
    }

    @Override
    public Set<String> columns(Session session, String table) throws SQLException {
        return Set.copyOf(session.query("SELECT name FROM pragma_table_info(?)", row -> row.getString(1), table));
    }

    @Override
    public void lengthen(Session session, SqlTable table, SqlColumn column) throws SQLException {
        String declared = session.first(
                        "SELECT type FROM pragma_table_info(?) WHERE name = ?",
                        row -> row.getString(1),
                        table.name(),
                        column.name())
                .orElseThrow();
        if (!declared.equals(definition(column.type()))) {
            rewriteAsText(session, table, column);
        }
    }

    /** {@link WideDecimal} in SQL, for the numbers of up to 18 digits that stand in the column so far. */
    private void rewriteAsText(Session session, SqlTable table, SqlColumn column) throws SQLException {
        List<String> indexes = session.query(
                "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
                row -> row.getString(1),
                table.name());
        for (String index : indexes) {
            session.execute("DROP INDEX " + SqlColumn.quoted(index));
        }
        String old = SqlColumn.quoted("_hf_" + column.name());
        String name = column.quoted();
        String padding = "0".repeat(WideDecimal.DIGITS - LONG_DIGITS_MAX);
        String greatest = "9".repeat(LONG_DIGITS_MAX);
        session.execute("ALTER TABLE " + table.quoted() + " RENAME COLUMN " + name + " TO " + old);
        session.execute("ALTER TABLE " + table.quoted() + " ADD COLUMN " + name + " TEXT");
        session.execute("UPDATE " + table.quoted() + " SET " + name + " = CASE WHEN " + old + " >= 0"
                + " THEN '1" + padding + "' || printf('%0" + LONG_DIGITS_MAX + "d', " + old + ")"
                + " ELSE '0" + padding.replace('0', '9') + "' || printf('%0" + LONG_DIGITS_MAX + "d', " + greatest
                + " + " + old + ") END WHERE " + old + " IS NOT NULL");
        session.execute("ALTER TABLE " + table.quoted() + " DROP COLUMN " + old);
    }

    @Override
    public ForeignTriggers foreignTriggers() {
        return TRIGGERS;
    }

    @Override
    public void beforeFullScan(Session session) {}

    @Override
    public boolean duplicate(SQLException failure) {
        return (failure.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    /** Never: a transaction that may write begins with the lock, and waited for it. */
    @Override
    public boolean repeatable(SQLException failure) {
        return false;
    }

    @Override
    public HoldfastException failure(SQLException failure, String place) {
        int code = failure.getErrorCode() & PRIMARY_CODE;
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return new HoldfastException(
                    ErrorCode.STORE_FULL,
                    "The disk of " + place + " is full; nothing was written. Free some space.",
                    failure);
        }
        if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code || code == SQLiteErrorCode.SQLITE_READONLY.code) {
            return new HoldfastException(
                    ErrorCode.DATABASE_UNREACHABLE,
                    "The database file " + place + " cannot be opened for writing. Check the path and its permissions.",
                    failure);
        }
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new HoldfastException(
                    ErrorCode.STORE_NOT_A_STORE, "The file " + place + " is no database. Check the path.", failure);
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return new HoldfastException(
                    ErrorCode.STORE_DAMAGED, "The database file " + place + " is damaged. Restore a backup.", failure);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_IOERR.code) {
            return new HoldfastException(
                    ErrorCode.UNAVAILABLE,
                    "The database file " + place + " is busy or its disk fails. Try again; check the disk.",
                    failure);
        }
        return new HoldfastException(
                ErrorCode.INTERNAL,
                "The database file " + place + " refused a statement (code " + code + ").",
                failure);
    }
}
