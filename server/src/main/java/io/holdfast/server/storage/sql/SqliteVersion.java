package io.holdfast.server.storage.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** The oldest SQLite that is safe: earlier ones can corrupt a database in WAL mode when two processes checkpoint. */
final class SqliteVersion {

    private static final int[] OLDEST = {3, 51, 3};

    private SqliteVersion() {}

    /** The connection itself, unless its SQLite is too old. */
    static Connection checked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
            String version = row.getString(1);
            int[] numbers = Arrays.stream(version.split("\\."))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (Arrays.compare(numbers, OLDEST) < 0) {
                connection.close();
                throw new IllegalStateException("SQLite " + version + " can lose data; at least 3.51.3 is needed");
            }
            return connection;
        }
    }
}
