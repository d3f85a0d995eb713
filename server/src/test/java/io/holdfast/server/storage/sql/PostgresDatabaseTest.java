package io.holdfast.server.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {

    @Test
    void settingsOutliveTheTransactionsOfAConnection() {
        try (PostgresDatabase database = PostgresDatabase.open(PostgresServer.freshUrl(), 1)) {
            assertThatThrownBy(() -> database.write(session -> {
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
            for (int i = 0; i < 3; i++) {
                assertThat(write(database, "enable_seqscan")).isEqualTo("off");
                assertThat(write(database, "jit")).isEqualTo("off");
                assertThat(write(database, "lock_timeout")).isEqualTo("20s");
                assertThat(read(database, "enable_seqscan")).isEqualTo("off");
                assertThat(read(database, "transaction_isolation")).isEqualTo("repeatable read");
                assertThat(read(database, "transaction_read_only")).isEqualTo("on");
            }
        }
    }

    @Test
    void repeatsATransactionThatOthersHaveUndone() {
        AtomicInteger attempts = new AtomicInteger();
        try (PostgresDatabase database = PostgresDatabase.open(PostgresServer.freshUrl(), 1)) {
            int result = database.write(session -> {
                if (attempts.incrementAndGet() < 3) {
                    session.execute("DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$");
                }
                return attempts.get();
            });
            assertThat(result).isEqualTo(3);
        }
    }

    @Test
    void doesNotWaitForEverForRowsThatAnotherProgramKeepsLocked() {
        try (PostgresDatabase database = PostgresDatabase.open(PostgresServer.freshUrl(), 1)) {
            assertThatThrownBy(() -> database.write(session -> {
                        session.execute("DO $$ BEGIN RAISE EXCEPTION 'timeout' USING ERRCODE = '55P03'; END $$");
                        return 1;
                    }))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .hasMessageContaining("pg_stat_activity");
        }
    }

    @Test
    void namesTheHostButNoSecretWhenNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "jdbc:postgresql://localhost:" + port + "/journal?user=mallory&password=hunter2";
        assertThatThrownBy(() -> PostgresDatabase.open(url))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE))
                .hasMessageContaining("localhost:" + port + "/journal")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("mallory");
    }

    @Test
    void saysHowAnAddressIsWrittenThatCannotBeRead() {
        for (String wrong : List.of(":x/journal", ":0/journal", ":70000/journal", "/journal%zz")) {
            assertThatThrownBy(() -> PostgresDatabase.open(
                            "jdbc:postgresql://localhost" + wrong + "?user=mallory&password=hunter2"))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessageContaining("jdbc:postgresql://HOST:PORT/NAME")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void saysWhichParametersOfAnAddressToLookAt() {
        String url = PostgresServer.freshUrl();
        for (String wrong : List.of("socketTimeout=hunter2", "options=-c%20hunter2", "options=-c%20hunter2%3D1")) {
            assertThatThrownBy(() -> PostgresDatabase.open(url + "&" + wrong + "&password=hunter2"))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessageContaining("look at " + wrong.replaceFirst("=.*", ""))
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void saysWhatTheUserMustBeAllowed() throws SQLException {
        String url = PostgresServer.freshUrl();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ROLE IF EXISTS stranger");
            statement.execute("CREATE ROLE stranger LOGIN");
        }
        assertThatThrownBy(() -> PostgresDatabase.open(url.replace("user=postgres", "user=stranger")))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE))
                .hasMessageContaining("CREATE on the schema");
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        String url = PostgresServer.freshUrl().replaceFirst("/test\\d+", "/nowhere");
        assertThatThrownBy(() -> PostgresDatabase.open(url))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE))
                .hasMessageContaining("has no database of that name");
    }

    @Test
    void saysThatTheConnectionBrokeAndWorksAgainAfterwards() {
        String url = PostgresServer.freshUrl();
        try (PostgresDatabase database = PostgresDatabase.open(url, 1)) {
            assertThatThrownBy(() -> database.write(session -> {
                        terminateOthers(url);
                        return show(session, "jit");
                    }))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            assertThat(write(database, "jit")).isEqualTo("off");
        }
    }

    @Test
    void tellsAFullDiskFromOtherFailures() {
        PostgresDialect dialect = new PostgresDialect();
        assertThat(dialect.failure(new SQLException("No space left on device", "53100"), "db")
                        .code())
                .isEqualTo(ErrorCode.STORE_FULL);
        assertThat(dialect.failure(new SQLException("too many", "53300"), "db").code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(dialect.failure(new SQLException("syntax", "42601"), "db").code())
                .isEqualTo(ErrorCode.INTERNAL);
        assertThat(dialect.failure(new SQLException("password", "28P01"), "db").code())
                .isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
    }

    @Test
    void migrationsGoUpDownAndUpAgain() {
        String url = PostgresServer.freshUrl();
        try (PostgresDatabase database = PostgresDatabase.open(url, 2)) {
            assertThat(tables(database)).isPositive();
            database.undo();
            assertThat(tables(database)).isZero();
        }
        try (PostgresDatabase database = PostgresDatabase.open(url, 2)) {
            assertThat(database.<Long>read(
                            session -> session.first("SELECT generation FROM hf_catalogue", row -> row.getLong(1))
                                    .orElseThrow()))
                    .isZero();
        }
    }

    @Test
    void theNewestVersionIsThatOfTheLastScript() {
        try (PostgresDatabase database = PostgresDatabase.open(PostgresServer.freshUrl(), 2)) {
            assertThat(database.<String>read(session -> session.first(
                                    "SELECT version FROM hf_flyway ORDER BY installed_rank DESC LIMIT 1",
                                    row -> row.getString(1))
                            .orElseThrow()))
                    .isEqualTo(Migrations.NEWEST);
        }
    }

    @Test
    void refusesADatabaseOfANewerHoldfast() {
        String url = PostgresServer.freshUrl();
        try (PostgresDatabase database = PostgresDatabase.open(url, 2)) {
            database.write(
                    session -> session.update(
                            "INSERT INTO hf_flyway (installed_rank, version, description, type,"
                                    + " script, installed_by, execution_time, success) VALUES (99, '99', 'x', 'SQL', 'V99__x.sql', 'x', 0, true)"));
        }
        assertThatThrownBy(() -> PostgresDatabase.open(url))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH));
    }

    private static long tables(PostgresDatabase database) {
        return database.read(session -> session.first(
                        "SELECT count(*) FROM pg_tables WHERE tablename ~ '^(hf|sync)_' AND tablename <> 'hf_flyway'",
                        row -> row.getLong(1))
                .orElseThrow());
    }

    private static String write(PostgresDatabase database, String setting) {
        return database.write(session -> show(session, setting));
    }

    private static String read(PostgresDatabase database, String setting) {
        return database.read(session -> show(session, setting));
    }

    private static String show(Session session, String setting) throws SQLException {
        return session.first("SHOW " + setting, row -> row.getString(1)).orElseThrow();
    }

    private static void terminateOthers(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }
}
