package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Whether a PostgreSQL server is new enough and holds all of Unicode. */
final class PostgresVersion {

    private PostgresVersion() {}

    static void check(DataSource source, int oldest, String place) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet encoding = statement.executeQuery("SHOW server_encoding")) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            encoding.next();
            if (version < oldest || !encoding.getString(1).equals("UTF8")) {
                throw new HoldfastException(
                        ErrorCode.DATABASE_UNREACHABLE,
                        "The database at " + place + " is PostgreSQL " + version + " with the encoding "
                                + encoding.getString(1) + "; Holdfast needs " + oldest + " or newer and UTF8.");
            }
        }
    }
}
