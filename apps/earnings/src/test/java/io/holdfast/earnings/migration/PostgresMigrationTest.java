package io.holdfast.earnings.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class PostgresMigrationTest extends MigrationContract {

    @Override
    OldDatabase database() {
        return OldDatabase.postgres();
    }

    @Test
    void ofTwoOldCallersThatWriteOneRowAtOnceTheSecondIsToldToReadItAgain() throws Exception {
        try (EarningsMigration migration = EarningsMigration.open(
                old.open(),
                OldNames.defaults(),
                io.holdfast.earnings.ledger.Terms.of(new io.holdfast.earnings.amount.Coins(1)),
                io.holdfast.testkit.time.SettableClock.at("2026-11-20T12:00:00Z"),
                new io.holdfast.testkit.random.SeededRandom(1))) {
            migration.run(rows -> {});
        }
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
}
