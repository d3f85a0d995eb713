package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * The versions of the metadata tables: scripts numbered upwards, each with a hand-written one that undoes it. Typed tables
 * are not among them; they follow the schemas.
 */
public final class Migrations {

    /** The version of the last script. */
    static final String NEWEST = "7";

    private static final String HISTORY = "hf_flyway";
    private static final String FOLDER = "io/holdfast/server/storage/";

    private final DataSource source;
    private final String engine;

    /** The migrations of one engine, {@code sqlite} or {@code postgresql}. */
    Migrations(DataSource source, String engine) {
        this.source = source;
        this.engine = engine;
    }

    private Flyway flyway() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + FOLDER + "migration/" + engine)
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .cleanDisabled(true)
                .loggers("slf4j")
                .load();
    }

    /**
     * Brings the metadata tables up to this version of Holdfast.
     *
     * @throws HoldfastException SCHEMA_MISMATCH if a newer Holdfast has already gone further
     */
    void migrate() throws SQLException {
        if (isCurrent()) {
            return;
        }
        Flyway flyway = flyway();
        try {
            migrateBesideOthers(flyway);
            if (Arrays.stream(flyway.info().all()).anyMatch(Migrations::isOfNewer)) {
                throw new HoldfastException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "A newer version of Holdfast has already changed this database. Use that version.");
            }
        } catch (FlywayException failed) {
            throw unwrapped(failed);
        }
    }

    /** Of two processes that first see a database at once, one finds the other's history in its way; a second look heeds it. */
    private static void migrateBesideOthers(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayException raced) {
            flyway.migrate();
        }
    }

    /** Asks in one statement what takes Flyway a tenth of a second: every start but the first finds nothing to do. */
    private boolean isCurrent() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet last = statement.executeQuery(
                        "SELECT version FROM " + HISTORY + " WHERE success ORDER BY installed_rank DESC LIMIT 1")) {
            return last.next() && NEWEST.equals(last.getString(1));
        } catch (SQLException absent) {
            // No history yet, or a failure that Flyway is about to meet and report.
            return false;
        }
    }

    private static boolean isOfNewer(MigrationInfo info) {
        return info.getState() == MigrationState.FUTURE_SUCCESS;
    }

    /** Statements that name what typed tables got beside them: triggers, their functions, and rows kept as they were. */
    private String watching() {
        return engine.equals("sqlite")
                ? "SELECT 'DROP ' || type || ' \"' || name || '\"' FROM sqlite_schema WHERE (type = 'trigger'"
                        + " AND name LIKE 'hf\\_foreign\\_%' ESCAPE '\\') OR (type = 'table'"
                        + " AND name LIKE 'hf\\_before\\_%' ESCAPE '\\') ORDER BY type DESC"
                : "SELECT 'DROP FUNCTION \"' || proname || '\"() CASCADE' FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
                        + " AND proname LIKE 'hf\\_foreign\\_%' UNION ALL SELECT 'DROP TABLE \"' || relname || '\"' FROM pg_class"
                        + " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname LIKE 'hf\\_before\\_%'"
                        + " UNION ALL SELECT 'DROP TRIGGER hf_foreign_truncate ON ' || tgrelid::regclass FROM pg_trigger"
                        + " JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = 'hf_foreign_truncate'"
                        + " AND relnamespace = current_schema()::regnamespace";
    }

    private void unwatch(Connection connection) throws SQLException {
        List<String> drops = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery(watching())) {
                while (found.next()) {
                    drops.add(found.getString(1));
                }
            }
            for (String drop : drops) {
                statement.execute(drop);
            }
        }
    }

    /** Undoes every version, the newest first. Typed tables stay as they are. */
    void undo() throws SQLException {
        List<String> applied = Arrays.stream(flyway().info().applied())
                .filter(info -> info.isVersioned() && info.getState() == MigrationState.SUCCESS)
                .map(info -> info.getScript().replaceFirst("^V", ""))
                .toList();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            unwatch(connection);
            for (String script : applied.reversed()) {
                undo(connection, script);
            }
            connection.commit();
        }
    }

    private void undo(Connection connection, String script) throws SQLException {
        String text = text(FOLDER + "undo/" + engine + "/U" + script).replaceAll("(?m)^--.*$", "");
        try (Statement statement = connection.createStatement()) {
            for (String part : text.split(";")) {
                if (!part.isBlank()) {
                    statement.execute(part.strip());
                }
            }
            statement.execute("DELETE FROM " + HISTORY + " WHERE \"script\" = 'V" + script + "'");
        }
    }

    private static String text(String resource) {
        try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no script " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SQLException unwrapped(FlywayException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw failed;
    }
}
