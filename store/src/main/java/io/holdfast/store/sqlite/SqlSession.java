package io.holdfast.store.sqlite;

import io.holdfast.core.error.HoldfastException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the store's file with its prepared statements, each prepared once and kept. SQL texts must be
 * constants or come from a bounded set, for that reason. Not thread-safe.
 */
final class SqlSession implements AutoCloseable {

    /** Makes a value of the current row of a result. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final String NO_TRANSACTION = "no transaction is active";

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private boolean inTransaction;
    private @Nullable HoldfastException failure;

    SqlSession(Connection connection) {
        this.connection = connection;
    }

    /** Begins a writing transaction. */
    void begin() {
        update("BEGIN IMMEDIATE");
        inTransaction = true;
    }

    /** Begins a transaction that reads one state of the store. */
    void beginReading() {
        update("BEGIN");
        inTransaction = true;
    }

    /** Whether a transaction is under way. */
    boolean inTransaction() {
        return inTransaction;
    }

    /** Makes the transaction durable. */
    void commit() {
        update("COMMIT");
        inTransaction = false;
    }

    /** Ends the transaction, whatever is left of it. */
    void rollBack() {
        failure = null;
        try {
            update("ROLLBACK");
        } catch (IllegalStateException alreadyRolledBack) {
            // SQLite itself rolls back after some failures, and then knows of no transaction.
        } finally {
            inTransaction = false;
            failure = null;
        }
    }

    /** Runs one statement that returns nothing; returns how many rows it changed. */
    int update(String sql, @Nullable Object... arguments) {
        try {
            return bound(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first row of the result, if there is one. */
    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(read(reader, rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** All rows of the result, in order. */
    <T> List<T> all(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        List<T> found = new ArrayList<>();
        each(sql, row -> found.add(reader.read(row)), arguments);
        return found;
    }

    /** Reads one row after the other without keeping them. */
    void each(String sql, RowReader<?> reader, @Nullable Object... arguments) {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            while (rows.next()) {
                read(reader, rows);
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The rows of a statement that is used once, such as a user's query; it is not kept. */
    <T> List<T> once(String sql, RowReader<T> reader, List<? extends @Nullable Object> arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments.toArray());
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read(reader, rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** What its reader cannot understand is not what the store wrote: something changed the file behind its back. */
    private static <T> T read(RowReader<T> reader, ResultSet row) throws SQLException {
        try {
            return reader.read(row);
        } catch (HoldfastException known) {
            throw known;
        } catch (RuntimeException senseless) {
            throw SqliteFailures.damaged(senseless);
        }
    }

    /** Runs statements that are not worth keeping: definitions and pragmas. */
    void script(List<String> statements) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The single number a pragma or an aggregate returns. */
    long number(String sql) {
        return first(sql, row -> row.getLong(1)).orElse(0L);
    }

    /** Forgets the prepared statements, so that the definitions they rely on may change. */
    void forget() {
        try {
            for (PreparedStatement statement : prepared.values()) {
                statement.close();
            }
            prepared.clear();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The driver finalizes a statement that fails: it is prepared anew the next time. */
    private HoldfastException failed(String sql, SQLException cause) {
        prepared.remove(sql);
        return failed(cause);
    }

    /** After a full disk or the like SQLite may have ended the transaction: nothing more may run in it. */
    private HoldfastException failed(SQLException cause) {
        HoldfastException translated = translated(cause);
        if (inTransaction) {
            failure = translated;
        }
        return translated;
    }

    /** A statement that cannot be wrong has met a file that the store did not write, if that does not pass SQLite's own check. */
    private HoldfastException translated(SQLException cause) {
        try {
            return SqliteFailures.of(cause);
        } catch (IllegalStateException defect) {
            if (String.valueOf(cause.getMessage()).contains(NO_TRANSACTION) || sound()) {
                throw defect;
            }
            return SqliteFailures.damaged(cause);
        }
    }

    private boolean sound() {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
            return found.next() && "ok".equals(found.getString(1));
        } catch (SQLException unreadable) {
            return false;
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object[] arguments) throws SQLException {
        if (failure != null) {
            throw new HoldfastException(failure.code(), String.valueOf(failure.getMessage()), failure);
        }
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        bind(statement, arguments);
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }
}
