package io.holdfast.server.storage;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** One database of one engine, for tests that also reach past Holdfast. */
public interface SqlEngine {

    /** Opens the database as one more process would. */
    Database open();

    /** A connection of a foreign program. */
    Connection connect() throws SQLException;

    /** Runs a statement of a foreign program. */
    default int execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Statements before and after one that pretends to be the server, so that no trigger notes it. */
    List<String> disguise();

    /** Runs a statement past the triggers, as damage would. */
    default int tamper(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(disguise().getFirst());
            int rows = statement.executeUpdate(sql);
            statement.execute(disguise().getLast());
            connection.commit();
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row, as text. */
    default String value(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static SqlEngine sqlite(Path file) {
        return new SqlEngine() {
            @Override
            public Database open() {
                return SqliteDatabase.open(file);
            }

            @Override
            public List<String> disguise() {
                return List.of("INSERT INTO hf_own_write (mark) VALUES (1)", "DELETE FROM hf_own_write");
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=10000");
            }
        };
    }

    static SqlEngine postgres() {
        String url = PostgresServer.freshUrl();
        return new SqlEngine() {
            @Override
            public Database open() {
                return PostgresDatabase.open(url, 4);
            }

            @Override
            public List<String> disguise() {
                return List.of("SET session_replication_role = replica", "SET session_replication_role = origin");
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection(url);
            }
        };
    }
}
