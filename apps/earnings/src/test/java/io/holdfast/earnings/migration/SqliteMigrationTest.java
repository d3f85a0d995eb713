package io.holdfast.earnings.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationTest extends MigrationContract {

    @TempDir
    Path folder;

    @Override
    OldDatabase database() {
        return OldDatabase.sqlite(folder.resolve("server.db"));
    }

    @Test
    void readsDigitsInTextAndTimesInMillisecondsUnderOtherNames() {
        old.run(
                "CREATE TABLE coins (who TEXT PRIMARY KEY, amount TEXT, seen INTEGER)",
                "INSERT INTO coins VALUES ('zoe', '9999999999.99999999', 1793527200123)");
        OldNames names =
                OldNames.of("coins", Map.of("user_id", "who", "current_earnings", "amount", "last_update", "seen"));
        old.run("DROP TABLE user_earnings");
        try (EarningsMigration migration = EarningsMigration.open(
                old.open(),
                names,
                Terms.of(new Coins(7)),
                SettableClock.at("2026-11-20T12:00:00Z"),
                new SeededRandom(1))) {
            assertThat(migration.run(rows -> {})).isEqualTo(new MigrationReport(1, 1, 0, List.of()));
        }
        assertThat(old.rows("SELECT current_earnings, earning_rate, last_update FROM user_earnings"))
                .containsExactly("999999999999999999|7|1793527200123000");
        assertThat(old.rows("SELECT * FROM coins")).containsExactly("zoe|9999999999.99999999|1793527200123");
        old.run("UPDATE coins SET amount = '1.5', seen = 1793527200124");
        assertThat(old.rows("SELECT current_earnings, last_update FROM user_earnings"))
                .containsExactly("150000000|1793527200124000");
    }

    @Test
    void theViewFindsAUserByAnIndexWhoeverHasHim() {
        migrate();
        assertThat(String.join("\n", old.rows("EXPLAIN QUERY PLAN SELECT * FROM user_earnings WHERE user_id = 'ann'")))
                .doesNotContain("SCAN k", "SCAN t", "SCAN user");
    }

    @Test
    void anUpsertIsRefusedButReplaceIsNot() {
        migrate();
        assertThatThrownBy(() -> old.run(old.inserted("ann", "1", "1")
                        + " ON CONFLICT (user_id) DO UPDATE SET current_earnings = excluded.current_earnings"))
                .hasStackTraceContaining("UPSERT");
        old.run(old.inserted("ann", "99", "1").replace("INSERT", "REPLACE"));
        assertThat(user("ann").orElseThrow().current()).isEqualByComparingTo("99");
        assertThat(sound("ann")).isTrue();
    }
}
