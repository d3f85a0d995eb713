package io.holdfast.earnings.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.record.RecordKey;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.earnings.server.EarningsRules;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forward, back and forward again while the application writes without a pause for the migration: then every row is compared, and
 * again once the server has taken in what was written, and once more after going back; and records, proofs and the audit trail.
 * With {@code -Dholdfast.users=1000000} and a bound on the heap it is the run that the documentation has the figures of.
 */
class ThereAndBackTest {

    private static final int FEW = 1_200;
    private static final int USERS = Integer.getInteger("holdfast.users", FEW);
    private static final int MORE = Math.min(USERS / 40, 200);
    private static final int SAMPLE = 40;
    private static final Terms TERMS = Terms.of(new Coins(1));

    private final SettableClock clock = SettableClock.at("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void onSqlite() {
        goesThereAndBack(
                OldDatabase.sqlite(folder.resolve("server.db")),
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + USERS
                        + ") INSERT INTO user_earnings (user_id, current_earnings, earning_rate, last_update, start_date)"
                        + " SELECT 'user-' || i, i + 0.12345678, 0.5, '2026-11-01 10:00:00', '2026-10-01 10:00:00' FROM n");
    }

    @Test
    void onPostgres() {
        goesThereAndBack(
                OldDatabase.postgres(),
                "INSERT INTO user_earnings (user_id, current_earnings, earning_rate, last_update, start_date)"
                        + " SELECT 'user-' || i, i + 0.12345678, 0.5, '2026-11-01 10:00:00', '2026-10-01 10:00:00+00'"
                        + " FROM generate_series(1, " + USERS + ") AS i");
    }

    private void goesThereAndBack(OldDatabase old, String million) {
        old.run(old.table(), million, "CREATE INDEX by_user ON user_earnings (user_id)");
        OldApplication application = OldApplication.begin(old, USERS);
        Figures figures = new Figures(application);
        try (application;
                PeakHeap heap = new PeakHeap()) {
            application.goOn(MORE);
            figures.step("forward", () -> forward(old));
            application.goOn(MORE);
            figures.step("back", () -> back(old));
            application.goOn(MORE);
            figures.step("forward again", () -> forward(old));
            application.goOn(MORE);
            figures.tell("heap", "at most " + heap.mebibytes() + " MiB kept of " + PeakHeap.bound());
        }
        assertThat(application.differences()).isEmpty();
        figures.step("taking in", () -> takesIn(old));
        assertThat(application.differences()).isEmpty();
        figures.step("back again", () -> back(old));
        assertThat(application.differences()).isEmpty();
        figures.tell("old application", application.writes() + " writes, " + application.repeated() + " repeated");
    }

    private EarningsMigration migration(OldDatabase old) {
        return EarningsMigration.open(old.open(), OldNames.defaults(), TERMS, clock, new SeededRandom(1));
    }

    private void forward(OldDatabase old) {
        AtomicLong told = new AtomicLong();
        try (EarningsMigration migration = migration(old)) {
            MigrationReport report = migration.run(rows -> {
                assertThat(rows).isGreaterThanOrEqualTo(told.get());
                told.set(rows);
            });
            assertThat(report.moved()).isEqualTo(report.rows());
            assertThat(told).hasValue(report.rows());
        }
    }

    private void back(OldDatabase old) {
        try (EarningsMigration migration = migration(old)) {
            migration.rollBack();
        }
    }

    /** As the server does when it starts. */
    private void takesIn(OldDatabase old) {
        try (SqlServerStorage storage = SqlServerStorage.open(old.open(), List.of(EarningsSchema.SCHEMA))) {
            ScopeServer server = new ScopeServer(
                            storage, EarningsSchema.SCHEMA, WriteRules.OPEN, clock, new SeededRandom(6))
                    .deciding(new EarningsRules(EarningsPolicy.of(TERMS)));
            for (Map<String, List<RecordKey>> waiting = storage.foreign(1_000);
                    !waiting.isEmpty();
                    waiting = storage.foreign(1_000)) {
                waiting.forEach(server::fold);
            }
            for (int i = 1; i <= USERS; i += USERS / SAMPLE) {
                assertThat(Soundness.of(storage, "user-" + i)).isTrue();
            }
        }
        assertThat(old.rows("SELECT count(*) FROM hf_foreign_write")).containsExactly("0");
        assertThat(old.rows("SELECT count(*) FROM user_earnings_records"))
                .isEqualTo(old.rows("SELECT count(*) FROM user_earnings"));
        assertThat(old.rows("SELECT count(*) FROM hf_scope AS s WHERE NOT EXISTS (SELECT 1 FROM earnings_audit_log AS a"
                        + " WHERE a.scope = s.scope)"))
                .containsExactly("0");
    }

    /** What each step took, and how long the application waited at most until then. */
    private record Figures(OldApplication application) {

        void step(String name, Runnable step) {
            long begun = System.nanoTime();
            step.run();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            tell(
                    name,
                    took.toMillis() + " ms; the application waited "
                            + application.longest().toMillis() + " ms at most so far, and wrote "
                            + application.writes() + " times");
        }

        void tell(String name, String value) {
            if (USERS > FEW) {
                System.out.println(name + ": " + value);
            }
        }
    }
}
