package io.holdfast.earnings.migration;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/** The database of an application from before Holdfast: what it does with it, and what Holdfast opens. */
public interface OldDatabase {

    Database open();

    Connection connect() throws SQLException;

    /** The statement that makes the old table. */
    String table();

    /** A time as the old application writes it. */
    String time(String iso);

    /** An amount, so that equal amounts look equal. */
    String exactly(String amount);

    /** Coins, from a column of Holdfast's. */
    String number(String column);

    /** An amount as Holdfast's columns hold it, of which both forms are given. */
    String stored(long units, String amount);

    /** Whether the application has to expect this of the database, and does it again. */
    boolean isPassing(SQLException refused);

    default void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    default void user(String user, String amount, String rate) {
        run(inserted(user, amount, rate));
    }

    /** The statement that inserts a user. */
    default String inserted(String user, String amount, String rate) {
        return "INSERT INTO user_earnings (user_id, current_earnings, earning_rate, last_update, start_date, note) VALUES ('"
                + user + "', " + amount + ", " + rate + ", " + time("2026-11-01T10:00:00Z") + ", "
                + time("2026-10-01T10:00:00Z") + ", 'kept " + user + "')";
    }

    /** Rows of a query, the columns joined by bars. */
    default List<String> rows(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                StringJoiner joined = new StringJoiner("|");
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    joined.add(String.valueOf(row.getString(i)));
                }
                rows.add(joined.toString());
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that the old application sees. */
    default List<String> seen() {
        return rows(
                "SELECT id, user_id, current_earnings, earning_rate, last_update, start_date, note FROM user_earnings"
                        + " ORDER BY user_id");
    }

    static OldDatabase sqlite(Path file) {
        return new OldDatabase() {
            @Override
            public Database open() {
                return SqliteDatabase.open(file);
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=10000");
            }

            @Override
            public String table() {
                return "CREATE TABLE user_earnings (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id TEXT NOT NULL,"
                        + " current_earnings REAL NOT NULL, earning_rate REAL NOT NULL, last_update TEXT, start_date TEXT,"
                        + " note TEXT DEFAULT 'none')";
            }

            @Override
            public String exactly(String amount) {
                return "printf('%.8f', " + amount + ")";
            }

            @Override
            public String number(String column) {
                return "printf('%d.%08d', " + column + " / 100000000, " + column + " % 100000000)";
            }

            @Override
            public String stored(long units, String amount) {
                return Long.toString(units);
            }

            @Override
            public boolean isPassing(SQLException refused) {
                return refused.getErrorCode() == 5; // SQLITE_BUSY
            }

            @Override
            public String time(String iso) {
                return "'" + iso.replace('T', ' ').replace("Z", "") + "'";
            }
        };
    }

    static OldDatabase postgres() {
        String url = Server.freshUrl();
        return new OldDatabase() {
            @Override
            public Database open() {
                return PostgresDatabase.open(url, 4);
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection(url);
            }

            @Override
            public String table() {
                return "CREATE TABLE user_earnings (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " user_id VARCHAR(64) NOT NULL, current_earnings NUMERIC(20,8) NOT NULL,"
                        + " earning_rate DOUBLE PRECISION NOT NULL, last_update TIMESTAMP, start_date TIMESTAMPTZ,"
                        + " note TEXT DEFAULT 'none')";
            }

            @Override
            public String exactly(String amount) {
                return amount;
            }

            @Override
            public String number(String column) {
                return column;
            }

            @Override
            public String stored(long units, String amount) {
                return amount;
            }

            // A serialization failure or a deadlock.
            @Override
            public boolean isPassing(SQLException refused) {
                return Set.of("40001", "40P01").contains(String.valueOf(refused.getSQLState()));
            }

            @Override
            public String time(String iso) {
                return "TIMESTAMPTZ '" + iso + "' AT TIME ZONE 'UTC'";
            }
        };
    }

    /** One PostgreSQL for all tests of a run. */
    final class Server {
        private static final EmbeddedPostgres SERVER = start();
        private static final AtomicInteger DATABASES = new AtomicInteger();

        private Server() {}

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new IllegalStateException("PostgreSQL does not start", e);
            }
        }

        static String freshUrl() {
            String name = "old" + DATABASES.incrementAndGet();
            try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return SERVER.getJdbcUrl("postgres", name);
        }
    }
}
