package io.holdfast.earnings.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forward, back and forward again with a million users. How long it takes is in the report of the run. */
@Tag("long")
class MillionUsersTest {

    private static final int USERS = Integer.getInteger("holdfast.users", 1_000_000);

    @TempDir
    private Path folder;

    private void goesThereAndBack(OldDatabase old, String million) {
        old.run(old.table());
        old.run(million);
        String sums = "SELECT count(*), CAST(round(sum(current_earnings)) AS BIGINT) FROM user_earnings";
        String sum = USERS + "|" + (long) USERS * (USERS + 1) / 2;
        assertThat(old.rows(sums)).containsExactly(sum);
        AtomicLong told = new AtomicLong();
        for (int moved : new int[] {USERS, 0}) {
            told.set(0);
            try (EarningsMigration migration = migration(old)) {
                assertThat(migration
                                .run(rows -> {
                                    assertThat(rows).isGreaterThanOrEqualTo(told.get());
                                    told.set(rows);
                                })
                                .moved())
                        .isEqualTo(moved);
            }
            assertThat(told).hasValue(moved);
            assertThat(old.rows(sums)).containsExactly(sum);
            assertThat(old.rows("SELECT count(*) FROM user_earnings_records")).containsExactly("" + USERS);
            try (EarningsMigration migration = migration(old)) {
                migration.rollBack();
            }
            assertThat(old.rows(sums)).containsExactly(sum);
        }
    }

    private static EarningsMigration migration(OldDatabase old) {
        return EarningsMigration.open(
                old.open(),
                OldNames.defaults(),
                Terms.of(new Coins(1)),
                SettableClock.at("2026-11-20T12:00:00Z"),
                new SeededRandom(1));
    }

    @Test
    void onSqlite() {
        OldDatabase old = OldDatabase.sqlite(folder.resolve("server.db"));
        goesThereAndBack(
                old,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + USERS
                        + ") INSERT INTO user_earnings (user_id, current_earnings, earning_rate, last_update, start_date)"
                        + " SELECT 'user-' || i, i, 0.5, '2026-11-01 10:00:00', '2026-10-01 10:00:00' FROM n");
    }

    @Test
    void onPostgres() {
        OldDatabase old = OldDatabase.postgres();
        goesThereAndBack(
                old,
                "INSERT INTO user_earnings (user_id, current_earnings, earning_rate, last_update, start_date)"
                        + " SELECT 'user-' || i, i, 0.5, '2026-11-01 10:00:00', '2026-10-01 10:00:00+00'"
                        + " FROM generate_series(1, " + USERS + ") AS i");
    }
}
