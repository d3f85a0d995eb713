package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Copies a SQLite database, be it a store's or a server's, while others read and write it: the copy is what one moment
 * had committed. Uses SQLite's online backup (https://www.sqlite.org/backup.html) within one reading transaction, so that no
 * writer waits and none makes it begin again; meanwhile the write-ahead log of the original cannot be emptied. Stateless.
 */
public final class OnlineCopy {

    private static final int BUSY_MILLIS = 2_000;
    private static final int PAGES_AT_ONCE = 4_096;
    private static final int SLEEP_MILLIS = 50;
    private static final int TRIES = 100;

    private OnlineCopy() {}

    /**
     * Copies a database.
     *
     * @param target there and empty; afterwards a database in one file, without a log beside it
     * @throws HoldfastException STORE_IN_USE, STORE_DAMAGED, STORE_NOT_A_STORE, STORE_FULL, STORE_IO
     */
    public static void of(Path source, Path target) {
        try {
            try (Connection connection = connect(source)) {
                execute(connection, "PRAGMA query_only = ON");
                execute(connection, "BEGIN");
                execute(connection, "SELECT count(*) FROM sqlite_schema");
                int code = connection
                        .unwrap(SQLiteConnection.class)
                        .getDatabase()
                        .backup("main", target.toString(), (left, all) -> {}, SLEEP_MILLIS, TRIES, PAGES_AT_ONCE);
                if (code != SQLiteErrorCode.SQLITE_OK.code) {
                    throw new SQLiteException("the copy failed", SQLiteErrorCode.getErrorCode(code));
                }
                execute(connection, "ROLLBACK");
            }
            settle(target);
        } catch (SQLException e) {
            throw SqliteFailures.of(e);
        }
    }

    /**
     * Brings everything of a database into its one file, which only works while nobody else has it open.
     *
     * @throws HoldfastException STORE_IN_USE, STORE_DAMAGED, STORE_NOT_A_STORE, STORE_FULL, STORE_IO
     */
    public static void inOneFile(Path database) {
        try {
            settle(database);
        } catch (SQLException e) {
            HoldfastException failure = SqliteFailures.of(e);
            throw failure.code() == ErrorCode.STORE_IN_USE ? inUse(database) : failure;
        }
    }

    private static void settle(Path database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
            if (!mode.next() || !"delete".equals(mode.getString(1))) {
                throw inUse(database);
            }
        }
    }

    private static HoldfastException inUse(Path database) {
        return new HoldfastException(
                ErrorCode.STORE_IN_USE,
                "Another program has " + database.getFileName() + " open. Stop it, and try again.");
    }

    private static Connection connect(Path database) throws SQLException {
        Connection connection = DriverManager.getConnection(StoreFile.url(database));
        execute(connection, "PRAGMA busy_timeout = " + BUSY_MILLIS);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
