package io.holdfast.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.value.Value;
import java.io.StringReader;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

final class PostgresForeignWritesTest extends ForeignWritesContract {

    @Override
    SqlEngine engine() {
        return SqlEngine.postgres();
    }

    @Override
    int tries() {
        return 30;
    }

    private boolean somebodyWaits() {
        return !engine.value("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0");
    }

    @Test
    void truncateIsRefused() {
        assertThatThrownBy(() -> engine.execute("TRUNCATE accounts")).hasStackTraceContaining("Use DELETE");
        assertThat(engine.value("SELECT count(*) FROM accounts")).isEqualTo("1");
    }

    @Test
    void copiedRowsBecomeRecords() throws Exception {
        try (Connection connection = engine.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY accounts (scope, id, number) FROM STDIN", new StringReader("s\tc1\t1\ns\tc2\t2\n"));
        }
        fold();
        assertThat(number("c1")).isEqualTo(new Value.Int(1));
        assertThat(number("c2")).isEqualTo(new Value.Int(2));
    }

    @Test
    void anAppendWaitsForAnotherProgramsTransactionAndKeepsWhatItWrote() throws Exception {
        beside(
                statement -> statement.executeUpdate("UPDATE accounts SET number = 77 WHERE id = 'a'"),
                this::somebodyWaits);
        assertThat(number("a")).isEqualTo(new Value.Int(77));
    }

    /** As many as would take all four connections. */
    @Test
    void aScopeWhoseRowsAnotherProgramKeepsLockedHoldsUpNoOther() throws Exception {
        insert("s", "a", "number", "1");
        insert("t", "free", "number", "1");
        fold();
        try (Connection other = engine.connect();
                var statement = other.createStatement();
                ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            statement.executeUpdate("UPDATE accounts SET number = 77 WHERE id = 'a'");
            for (int i = 0; i < 8; i++) {
                var unused = waiting.submit(() -> write("s", "a", Map.of("title", new Value.Text("held up"))));
            }
            await().until(this::somebodyWaits);
            write("t", "free", Map.of("title", new Value.Text("not held up")));
            other.rollback();
        }
        assertThat(state("t", "free").value("title")).isEqualTo(new Value.Text("not held up"));
    }

    @Test
    void anAppendBesideARowThatAnotherProgramDeletesBringsTheRecordBack() throws Exception {
        beside(statement -> statement.executeUpdate("DELETE FROM accounts WHERE id = 'a'"), this::somebodyWaits);
    }

    @Test
    void aProgramWithoutRightsOnTheTablesOfHoldfastIsNotedToo() throws Exception {
        engine.execute("INSERT INTO accounts (scope, id, number) VALUES ('s', 'a', 1)");
        fold();
        engine.execute("CREATE ROLE old_caller");
        engine.execute("GRANT SELECT, UPDATE ON accounts TO old_caller");
        try (Connection connection = engine.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE old_caller");
            statement.execute("SET search_path = pg_catalog");
            assertThat(statement.executeUpdate("UPDATE public.accounts SET number = 5 WHERE id = 'a'"))
                    .isEqualTo(1);
        }
        fold();
        assertThat(number("a")).isEqualTo(new Value.Int(5));
    }
}
