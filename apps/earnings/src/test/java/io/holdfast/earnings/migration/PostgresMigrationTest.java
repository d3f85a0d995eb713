package io.holdfast.earnings.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.earnings.record.AuditEntry;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

final class PostgresMigrationTest extends MigrationContract {

    @Override
    OldDatabase database() {
        return OldDatabase.postgres();
    }

    @Test
    void ofTwoOldCallersThatWriteOneRowAtOnceTheSecondIsToldToReadItAgain() throws Exception {
        migrate();
        try (Connection first = old.connect();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.executeUpdate(
                    "UPDATE user_earnings SET current_earnings = current_earnings + 1 WHERE user_id = 'ann'");
            Thread second = Thread.ofPlatform()
                    .unstarted(() -> assertThatThrownBy(
                                    () -> old.run("UPDATE user_earnings SET current_earnings = current_earnings + 1"
                                            + " WHERE user_id = 'ann'"))
                            .hasStackTraceContaining("read it again"));
            second.start();
            while (old.rows("SELECT count(*) FROM pg_locks WHERE NOT granted").contains("0")) {
                Thread.onSpinWait();
            }
            first.commit();
            second.join();
        }
        assertThat(old.rows("SELECT current_earnings FROM user_earnings WHERE user_id = 'ann'"))
                .containsExactly("13.50000000");
    }

    @Test
    void copiedRowsBecomeUsers() throws Exception {
        migrate();
        try (Connection connection = old.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY user_earnings (user_id, current_earnings, earning_rate, last_update) FROM STDIN",
                            new StringReader("dan\t7\t0.5\t2026-11-01 10:00:00\neve\t8.5\t1\t2026-11-01 10:00:00\n"));
        }
        assertThat(user("eve").orElseThrow().current()).isEqualByComparingTo("8.5");
        assertThat(audit("dan")).extracting(AuditEntry::operation).containsExactly("sql");
        assertThat(sound("dan")).isTrue();
        assertThat(old.rows("SELECT note FROM user_earnings WHERE user_id = 'dan'"))
                .containsExactly("none");
    }

    @Test
    void truncateIsRefusedAndLosesNothing() {
        List<String> before = old.seen();
        migrate();
        assertThatThrownBy(() -> old.run("TRUNCATE user_earnings")).hasStackTraceContaining("is not a table");
        assertThatThrownBy(() -> old.run("TRUNCATE user_earnings_records")).hasStackTraceContaining("Use DELETE");
        assertThatThrownBy(() -> old.run("TRUNCATE user_earnings_kept")).hasStackTraceContaining("Use DELETE");
        assertThat(old.seen()).isEqualTo(before);

        rollBack();
        old.run("TRUNCATE user_earnings");
        assertThat(old.seen()).as("the old table is its owner's again").isEmpty();
    }

    @Test
    void anUpsertIsRefusedAndMustBecomeAnUpdateOrAnInsert() {
        List<String> before = old.seen();
        migrate();
        assertThatThrownBy(() -> old.run(old.inserted("ann", "1", "1")
                        + " ON CONFLICT (user_id) DO UPDATE SET current_earnings = excluded.current_earnings"))
                .hasStackTraceContaining("ON CONFLICT");
        assertThat(old.seen()).isEqualTo(before);
    }

    /** With a million users a look at all of them would take seconds. */
    @Test
    void theViewFindsAUserByAnIndexWhoeverHasHim() throws Exception {
        migrate();
        try (Connection connection = old.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            try (ResultSet plan = statement.executeQuery(
                    "EXPLAIN UPDATE user_earnings SET current_earnings = 1 WHERE user_id = 'ann'")) {
                StringJoiner text = new StringJoiner("\n");
                while (plan.next()) {
                    text.add(plan.getString(1));
                }
                assertThat(text.toString()).contains("hf_old_typed").doesNotContain("Seq Scan", "Hash");
            }
        }
    }
}
