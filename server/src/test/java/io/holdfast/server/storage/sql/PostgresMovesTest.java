package io.holdfast.server.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.storage.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two server processes are two {@link PostgresMoves} here: they share nothing but the database. */
final class PostgresMovesTest {

    private final PGSimpleDataSource source = source();
    private final PostgresMoves one = new PostgresMoves(source, Duration.ofMillis(20));
    private final PostgresMoves other = new PostgresMoves(source, Duration.ofMillis(20));
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(PostgresServer.freshUrl());
        return source;
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    /** A message is heard only by who listens already: sends until that is so. */
    private void awaitHeard(String scope, long sequence) {
        await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            one.send(scope, sequence);
            assertThat(heard).containsEntry(scope, sequence);
        });
    }

    private void hear() {
        other.hear((scope, sequence) -> heard.merge(scope, sequence, Math::max));
    }

    @Test
    void oneServerHearsOfTheOthersAppends() {
        hear();
        awaitHeard("a scope with spaces", 7);
    }

    @Test
    void theLastOfManyMovesArrives() {
        hear();
        awaitHeard("ready", 1);
        for (long sequence = 1; sequence <= 10_000; sequence++) {
            one.send("garden", sequence);
            one.send("orchard", 2 * sequence);
        }
        await().untilAsserted(
                        () -> assertThat(heard).containsEntry("garden", 10_000L).containsEntry("orchard", 20_000L));
    }

    @Test
    void bothGoOnAfterTheirConnectionsBroke() throws SQLException {
        hear();
        awaitHeard("garden", 1);
        assertThat(execute("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"))
                .isGreaterThanOrEqualTo(2);
        awaitHeard("garden", 2);
    }

    @Test
    void whatMakesNoSenseIsPassedOver() throws SQLException {
        hear();
        awaitHeard("garden", 1);
        for (String payload : new String[] {"", "x", "-1 garden", "99999999999999999999 garden", "5"}) {
            execute("SELECT 1 FROM pg_notify('holdfast_moves', '" + payload + "')");
        }
        awaitHeard("garden", 2);
        assertThat(heard).containsOnlyKeys("garden");
    }

    @Test
    void keepsNoConnectionWhenClosed() throws SQLException {
        hear();
        awaitHeard("garden", 1);
        one.close();
        other.close();
        one.send("garden", 2);
        await().untilAsserted(() -> assertThat(execute("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"))
                .isZero());
    }

    private long execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
