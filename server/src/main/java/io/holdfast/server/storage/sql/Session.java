package io.holdfast.server.storage.sql;

import io.holdfast.core.error.HoldfastException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transaction on one connection. Not thread-safe; of no use after the work returned. */
public final class Session {

    /** Rows that a stream holds in memory at once. */
    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final Dialect dialect;
    private final String place;

    Session(Connection connection, Dialect dialect, String place) {
        this.connection = connection;
        this.dialect = dialect;
        this.place = place;
    }

    /** Turns the present row of a result into a value. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads the present row. */
        T read(ResultSet row) throws SQLException;
    }

    /** Receives the rows of a stream. */
    @FunctionalInterface
    public interface Visitor {
        /** Looks at the present row. */
        void visit(ResultSet row) throws SQLException;
    }

    /** Texts as one parameter, for {@link Dialect#among}. */
    public record Texts(List<String> texts) {
        /** Copies. */
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /** The engine's dialect. */
    public Dialect dialect() {
        return dialect;
    }

    /** A failure in words for people, for work that cannot pass on the original. */
    public HoldfastException failure(SQLException failure) {
        return dialect.failure(failure, place);
    }

    /** All rows of a query. Parameters are {@link String}, {@link Long}, {@code byte[]}, {@link Texts} or null. */
    public <T> List<T> query(String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
        return query(sql, reader, parameters).stream().findFirst();
    }

    /** Visits the rows of a query, however many, a thousand in memory at a time. */
    public void stream(String sql, Visitor visitor, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            bind(statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    visitor.visit(result);
                }
            }
        }
    }

    /** Runs a statement that returns nothing, and says how many rows it changed. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** Runs a statement without parameters and without being prepared: DDL and settings. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Something to do within the transaction. */
    @FunctionalInterface
    public interface Step {
        /** Does it. */
        void run() throws SQLException;
    }

    /** Writes rows of typed tables as the server's own: no trigger notes them. After a failure the transaction is to be undone. */
    public void own(Step step) throws SQLException {
        dialect.foreignTriggers().beginOwn(this);
        step.run();
        dialect.foreignTriggers().endOwn(this);
    }

    /**
     * Inserts rows of one scope, or replaces those that are there.
     *
     * @param rows distinct by their key; each has the table's {@link SqlTable#columns} in order, null for none
     */
    public void upsert(SqlTable table, String scope, List<@Nullable Object[]> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect.write(connection, table, List.of(scope), rows, table.onConflict());
        }
    }

    /**
     * Inserts rows of one scope, faster than {@link #upsert}.
     *
     * @param rows as for {@link #upsert}
     * @throws DuplicateRowException if one is there; the transaction is spoilt then
     */
    public void insert(SqlTable table, String scope, List<@Nullable Object[]> rows) throws SQLException {
        insert(table, List.of(scope), rows);
    }

    /**
     * As {@link #insert(SqlTable, String, List)}.
     *
     * @param scopes of the rows: one of each, or a single one of all
     */
    public void insert(SqlTable table, List<String> scopes, List<@Nullable Object[]> rows) throws SQLException {
        try {
            if (!rows.isEmpty()) {
                dialect.write(connection, table, scopes, rows, "");
            }
        } catch (SQLException e) {
            if (dialect.duplicate(e)) {
                throw new DuplicateRowException(e);
            }
            throw e;
        }
    }

    private void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            int index = i + 1;
            switch (parameters[i]) {
                case null -> statement.setNull(index, java.sql.Types.NULL);
                case String text -> statement.setString(index, text);
                case Long number -> statement.setLong(index, number);
                case byte[] bytes -> statement.setBytes(index, bytes);
                case Texts texts -> dialect.bind(connection, statement, index, texts.texts());
                default -> throw new IllegalArgumentException("no parameter is of " + parameters[i].getClass());
            }
        }
    }
}
