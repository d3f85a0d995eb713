package io.holdfast.earnings.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.record.RecordKey;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.earnings.server.EarningsRules;
import io.holdfast.earnings.server.ReviewDesk;
import io.holdfast.earnings.server.Rows;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The old table is taken over, and brought back, without loss, while its callers go on; on each engine. */
abstract class MigrationContract {

    private static final Terms TERMS = Terms.of(new Coins(100_000_000));

    OldDatabase old;
    private final SettableClock clock = SettableClock.at("2026-11-20T12:00:00.123456789Z");

    abstract OldDatabase database();

    @BeforeEach
    void threeUsers() {
        old = database();
        old.run(old.table());
        old.user("ann", "12.5", "0.25");
        old.user("bob", "0.00000001", "1");
        old.user("cyd", "1234567.12345678", "2");
    }

    private EarningsMigration migration() {
        return EarningsMigration.open(old.open(), OldNames.defaults(), TERMS, clock, new SeededRandom(5));
    }

    MigrationReport migrate() {
        try (EarningsMigration migration = migration()) {
            return migration.run(rows -> {});
        }
    }

    void rollBack() {
        try (EarningsMigration migration = migration()) {
            migration.rollBack();
        }
    }

    private ScopeServer server(SqlServerStorage storage) {
        return new ScopeServer(storage, EarningsSchema.SCHEMA, WriteRules.OPEN, clock, new SeededRandom(6))
                .deciding(new EarningsRules(EarningsPolicy.of(TERMS)));
    }

    /** Does something as the server does, once everything that waits is taken in. */
    private <T> T serving(java.util.function.Function<SqlServerStorage, T> body) {
        try (SqlServerStorage storage = SqlServerStorage.open(old.open(), List.of(EarningsSchema.SCHEMA))) {
            for (Map<String, List<RecordKey>> waiting = storage.foreign(100);
                    !waiting.isEmpty();
                    waiting = storage.foreign(100)) {
                waiting.forEach((scope, keys) -> server(storage).fold(scope, keys));
            }
            return body.apply(storage);
        }
    }

    Optional<UserEarnings> user(String user) {
        return serving(storage -> storage.snapshot(user, snapshot -> {
            RecordKey key = EarningsSchema.key(EarningsSchema.USERS, user);
            return Optional.ofNullable(snapshot.records(List.of(key)).get(key))
                    .flatMap(record -> Rows.read(EarningsSchema.USERS, user, record.state()));
        }));
    }

    List<AuditEntry> audit(String user) {
        return serving(storage -> storage.snapshot(
                user,
                snapshot -> snapshot.live("earnings_audit_log", "", 100).stream()
                        .map(record -> EarningsSchema.AUDIT.read(record.key().id(), record.state()::value))
                        .toList()));
    }

    boolean sound(String user) {
        return serving(storage -> Soundness.of(storage, user));
    }

    @Test
    void usersAreTakenOverWithEverythingThatTheOldTableLacked() {
        MigrationReport report = migrate();
        assertThat(report).isEqualTo(new MigrationReport(3, 3, 0, List.of()));
        UserEarnings ann = user("ann").orElseThrow();
        assertThat(ann.current()).isEqualByComparingTo("12.5");
        assertThat(ann.rate()).isEqualByComparingTo("0.25");
        assertThat(ann.baseRate()).isEqualByComparingTo("0.25");
        assertThat(ann.total()).isEqualByComparingTo("12.5");
        assertThat(ann.lastUpdate()).isEqualTo("2026-11-01T10:00:00Z");
        assertThat(ann.startDate()).isEqualTo("2026-10-01T10:00:00Z");
        assertThat(ann.ledger()).isPresent();
        assertThat(user("bob").orElseThrow().current()).isEqualByComparingTo("0.00000001");
        assertThat(user("cyd").orElseThrow().current()).isEqualByComparingTo("1234567.12345678");
        assertThat(audit("ann")).extracting(AuditEntry::operation).containsExactly("migrate");
        assertThat(sound("ann")).isTrue();
    }

    @Test
    void aTableThatWasHoldfastsFromTheBeginningIsNoOldOne() {
        old.run("DROP TABLE user_earnings");
        assertThat(user("ann")).isEmpty();
        for (ThrowingCallable attempt : List.<ThrowingCallable>of(this::migrate, this::rollBack)) {
            assertThatThrownBy(attempt)
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessageContaining("is Holdfast's own")
                    .hasMessageContaining("--table");
        }
        assertThat(user("ann")).isEmpty();
    }

    @Test
    void oldCallersSeeTheSameAndASecondRunFindsNothingToDo() {
        List<String> before = old.seen();
        migrate();
        assertThat(old.seen()).isEqualTo(before);
        assertThat(migrate()).isEqualTo(new MigrationReport(0, 0, 0, List.of()));
        assertThat(old.seen()).isEqualTo(before);
    }

    @Test
    void oldCallersWriteAndDevicesGetIt() {
        migrate();
        old.run(
                "UPDATE user_earnings SET current_earnings = current_earnings + 1.5 WHERE user_id = 'ann'",
                "UPDATE user_earnings SET earning_rate = 3, note = 'changed' WHERE user_id = 'bob'",
                "DELETE FROM user_earnings WHERE user_id = 'cyd'");
        old.user("dan", "7", "0.5");
        assertThat(old.seen()).hasSize(3).anyMatch(row -> row.contains("changed"));

        UserEarnings ann = user("ann").orElseThrow();
        assertThat(ann.current()).isEqualByComparingTo("14");
        assertThat(ann.total()).isEqualByComparingTo("14");
        assertThat(ann.lastUpdate()).isEqualTo("2026-11-01T10:00:00Z");
        assertThat(user("bob").orElseThrow().rate()).isEqualByComparingTo("3");
        assertThat(user("cyd")).isEmpty();
        assertThat(user("dan").orElseThrow().current()).isEqualByComparingTo("7");
        assertThat(user("dan").orElseThrow().ledger()).isPresent();
        assertThat(audit("ann")).extracting(AuditEntry::operation).containsExactlyInAnyOrder("migrate", "sql");
        for (String user : List.of("ann", "bob", "cyd", "dan")) {
            assertThat(sound(user)).as(user).isTrue();
        }
    }

    @Test
    void oldCallersSeeWhatTheServerDecides() {
        migrate();
        serving(storage -> new ReviewDesk(server(storage), clock)
                .setRate(
                        new io.holdfast.core.exchange.Principal("eve", io.holdfast.core.exchange.Role.ADMIN),
                        "ann",
                        new Coins(750_000_000),
                        "promised"));
        assertThat(old.rows("SELECT earning_rate FROM user_earnings WHERE user_id = 'ann'"))
                .containsExactly("7.5");
    }

    @Test
    void rollsBackWithWhatWasEarnedMeanwhileAndForwardAgain() {
        List<String> before = old.seen();
        migrate();
        rollBack();
        assertThat(old.seen()).isEqualTo(before);
        rollBack();
        assertThat(old.seen()).isEqualTo(before);

        migrate();
        old.run("UPDATE user_earnings SET current_earnings = 20 WHERE user_id = 'ann'");
        old.run("DELETE FROM user_earnings WHERE user_id = 'bob'");
        old.user("dan", "7", "0.5");
        List<String> meanwhile = old.seen();
        serving(storage -> true);
        rollBack();
        assertThat(old.seen()).isEqualTo(meanwhile);

        old.run("UPDATE user_earnings SET current_earnings = 21 WHERE user_id = 'ann'");
        old.user("fay", "9", "1");
        List<String> after = old.seen();
        migrate();
        assertThat(old.seen()).isEqualTo(after);
        assertThat(user("ann").orElseThrow().current()).isEqualByComparingTo("21");
        assertThat(user("fay").orElseThrow().current()).isEqualByComparingTo("9");
        assertThat(user("bob")).isEmpty();
        assertThat(sound("ann")).isTrue();
    }

    @Test
    void whoWasDeletedOrCameBackBetweenARollbackAndTheNextMigrationIsTakenIn() {
        migrate();
        old.run("DELETE FROM user_earnings WHERE user_id = 'bob'");
        assertThat(user("bob")).isEmpty();
        rollBack();
        old.run("DELETE FROM user_earnings WHERE user_id = 'ann'");
        old.user("bob", "3", "1");
        List<String> meanwhile = old.seen();
        // Stopped at once, and so before anybody's page: what a rollback then brings back must be the same.
        try (EarningsMigration migration = migration()) {
            assertThatThrownBy(() -> migration.run(rows -> {
                        throw new IllegalStateException("stopped");
                    }))
                    .hasMessage("stopped");
        }
        assertThat(old.seen()).isEqualTo(meanwhile);
        rollBack();
        assertThat(old.seen()).isEqualTo(meanwhile);

        migrate();
        assertThat(old.seen()).isEqualTo(meanwhile);
        assertThat(user("ann")).isEmpty();
        assertThat(user("bob").orElseThrow().current()).isEqualByComparingTo("3");
        assertThat(audit("bob")).extracting(AuditEntry::operation).contains("sql");
        assertThat(old.seen()).isEqualTo(meanwhile);
        rollBack();
        assertThat(old.seen()).isEqualTo(meanwhile);
    }

    @Test
    void aUserWhomHoldfastGotWhileTheOldTableWasBackStays() {
        migrate();
        rollBack();
        String copied = "current_earnings, earning_rate, base_earning_rate, total_earned, held_earnings, last_update,"
                + " start_date, created_at, updated_at, sync_status, retry_count";
        old.run("INSERT INTO user_earnings_records (scope, id, user_id, " + copied + ") SELECT 'gus', 'gus', 'gus', "
                + copied + " FROM user_earnings_records WHERE id = 'ann'");
        migrate();
        assertThat(user("gus").orElseThrow().current()).isEqualByComparingTo("12.5");
    }

    @Test
    void aRowThatIsNoUserStaysWhereItIsAndIsTold() {
        old.user("no user", "1", "1");
        old.user("debt", "-1", "1");
        List<String> before = old.seen();
        MigrationReport report = migrate();
        assertThat(report.moved()).isEqualTo(3);
        assertThat(report.unfit()).isEqualTo(2);
        assertThat(report.examples()).hasSize(2).anyMatch(line -> line.contains("debt"));
        assertThat(old.seen()).isEqualTo(before);

        old.run("UPDATE user_earnings SET current_earnings = 1 WHERE user_id = 'debt'");
        assertThat(migrate().moved()).isEqualTo(1);
        assertThat(user("debt").orElseThrow().current()).isEqualByComparingTo("1");
    }

    @Test
    void aRowThatNeitherHoldfastNorTheOldTableTakesIsNamedAndStopsTheRollback() {
        migrate();
        List<String> before = old.seen();
        old.run("INSERT INTO user_earnings_records (scope, id, user_id) VALUES ('hal', 'hal', 'hal')");
        assertThat(user("hal")).isEmpty();
        List<String> stuck = old.seen();
        assertThatThrownBy(this::rollBack)
                .hasMessageContaining("Those of hal were refused by Holdfast")
                .hasMessageContaining("user_earnings_records");
        assertThat(old.seen()).isEqualTo(stuck);

        old.run("DELETE FROM user_earnings_records WHERE id = 'hal'");
        rollBack();
        assertThat(old.seen()).isEqualTo(before);
    }

    @Test
    void aUserThatIsThereTwiceIsRefusedBeforeAnythingIsDone() {
        old.user("ann", "1", "1");
        List<String> before = old.seen();
        assertThatThrownBy(this::migrate).hasMessageContaining("several rows of the users ann");
        assertThat(old.seen()).isEqualTo(before);
    }

    @Test
    void stoppedInTheMiddleItGoesOnWhereItWasWhileTheOldApplicationWrites() throws InterruptedException {
        int users = 1_200;
        List<String> values = new ArrayList<>();
        IntStream.range(0, users)
                .forEach(i -> values.add("('u%05d', %d, 1, %s, %s)"
                        .formatted(i, i, old.time("2026-11-01T10:00:00Z"), old.time("2026-10-01T10:00:00Z"))));
        old.run("INSERT INTO user_earnings (user_id, current_earnings, earning_rate, last_update, start_date) VALUES "
                + String.join(", ", values));
        try (EarningsMigration migration = migration()) {
            assertThatThrownBy(() -> migration.run(rows -> {
                        throw new IllegalStateException("stopped at " + rows);
                    }))
                    .hasMessage("stopped at 500");
        }
        assertThat(old.seen()).hasSize(users + 3);
        Thread application = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < users; i += 40) {
                old.run("UPDATE user_earnings SET current_earnings = current_earnings + 0.5 WHERE user_id = 'u%05d'"
                        .formatted(i));
            }
        });
        long moved = migrate().moved();
        application.join();
        assertThat(moved).isEqualTo(users + 3 - 500);
        serving(storage -> true);
        List<String> balances = old.rows(
                "SELECT user_id, current_earnings FROM user_earnings WHERE user_id LIKE 'u0%'" + " ORDER BY user_id");
        for (int i = 0; i < users; i++) {
            double expected = i + (i % 40 == 0 ? 0.5 : 0);
            assertThat(Double.parseDouble(balances.get(i).split("\\|", -1)[1])).isEqualTo(expected);
        }
        assertThat(old.rows("SELECT count(*) FROM user_earnings_records")).containsExactly(Integer.toString(users + 3));
        assertThat(old.rows("SELECT count(*) FROM hf_foreign_write")).containsExactly("0");
        assertThat(sound("u00040")).isTrue();
        assertThat(user("u00040").orElseThrow().current()).isEqualByComparingTo("40.5");
    }
}
