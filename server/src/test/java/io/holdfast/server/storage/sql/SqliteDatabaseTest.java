package io.holdfast.server.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("deep/er/server.db");
    }

    @Test
    void writesAheadAndForcesEveryCommitToTheDisk() {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).isEqualTo("2");
            assertThat(pragma(database, "busy_timeout")).isEqualTo("10000");
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            assertThat(database.<Integer>write(session -> session.update("UPDATE hf_catalogue SET generation = 1")))
                    .isOne();
            try (var files = Files.list(folder.resolve("deep/er"))) {
                assertThat(files.filter(path -> path.toString().contains("server.db")))
                        .isNotEmpty()
                        .allSatisfy(
                                path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aReaderCannotWrite() {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            assertThatThrownBy(() -> database.read(session -> session.update("UPDATE hf_catalogue SET generation = 1")))
                    .isInstanceOf(HoldfastException.class);
        }
    }

    @Test
    void aFailureOfTheWorkUndoesIt() {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            assertThatThrownBy(() -> database.write(session -> {
                        session.update("UPDATE hf_catalogue SET generation = 7");
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
            assertThat(generation(database)).isZero();
        }
    }

    @Test
    void saysThatAFileIsNoDatabase() throws IOException {
        Path text = folder.resolve("text.db");
        Files.writeString(text, "This is a text, and long enough to be read as the header of a database. ".repeat(20));
        assertThatThrownBy(() -> SqliteDatabase.open(text))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_NOT_A_STORE))
                .hasMessageContaining("text.db");
        assertThat(Files.readString(text)).startsWith("This is a text");
    }

    @Test
    void saysThatAPathCannotBeOpened() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file, no folder");
        assertThatThrownBy(() -> SqliteDatabase.open(blocked.resolve("server.db")))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE));
    }

    @Test
    void tellsAFullDiskFromOtherFailures() {
        SqliteDialect dialect = new SqliteDialect();
        Map<Integer, ErrorCode> codes = Map.of(
                13, ErrorCode.STORE_FULL,
                5, ErrorCode.UNAVAILABLE,
                10, ErrorCode.UNAVAILABLE,
                14, ErrorCode.DATABASE_UNREACHABLE,
                11, ErrorCode.STORE_DAMAGED,
                1, ErrorCode.INTERNAL);
        codes.forEach((sqlite, code) -> assertThat(dialect.failure(new SQLException("x", null, sqlite), "file")
                        .code())
                .isEqualTo(code));
    }

    @Test
    void afterAFullDiskItWritesAgain() {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            database.write(session -> {
                session.execute("CREATE TABLE large (bytes BLOB)");
                return true;
            });
            assertThatThrownBy(() -> database.write(session -> {
                        session.execute("PRAGMA max_page_count = 100");
                        return session.update("INSERT INTO large VALUES (zeroblob(10000000))");
                    }))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL));
            assertThat(database.<Integer>write(session -> session.update("INSERT INTO large VALUES (zeroblob(10))")))
                    .isOne();
        }
    }

    @Test
    void migrationsGoUpDownAndUpAgain() {
        SqliteDatabase.open(file()).close();
        SqliteDatabase.undo(file());
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            assertThat(generation(database)).isZero();
        }
    }

    @Test
    void theNewestVersionIsThatOfTheLastScript() {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            assertThat(database.<String>read(session -> session.first(
                                    "SELECT version FROM hf_flyway ORDER BY installed_rank DESC LIMIT 1",
                                    row -> row.getString(1))
                            .orElseThrow()))
                    .isEqualTo(Migrations.NEWEST);
        }
    }

    @Test
    void refusesADatabaseOfANewerHoldfast() {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            database.write(
                    session -> session.update(
                            "INSERT INTO hf_flyway (installed_rank, version, description, type,"
                                    + " script, installed_by, execution_time, success) VALUES (99, '99', 'x', 'SQL', 'V99__x.sql', 'x', 0, 1)"));
        }
        assertThatThrownBy(() -> SqliteDatabase.open(file()))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH))
                .hasMessageContaining("newer version of Holdfast");
    }

    private static long generation(SqliteDatabase database) {
        return database.read(session -> session.first("SELECT generation FROM hf_catalogue", row -> row.getLong(1))
                .orElseThrow());
    }

    private static String pragma(SqliteDatabase database, String name) {
        return database.write(session ->
                session.first("PRAGMA " + name, row -> row.getString(1)).orElseThrow());
    }
}
