package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Verification;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.migration.EarningsMigration;
import io.holdfast.earnings.migration.OldDatabase;
import io.holdfast.earnings.migration.OldNames;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.testkit.random.SeededRandom;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An old caller writes in SQL as fast as it can, while devices mine and sync over HTTP: each user has what he mined and what he was
 * given, to the last digit, once, on the server and on his device, with an audit trail that adds up and an equal proof. With
 * {@code -Dholdfast.burst=10000 -Dholdfast.devices=100} it is the run that the documentation has the figures of.
 */
class SqlBurstTest {

    private static final int FEW = 150;
    private static final int STATEMENTS = Integer.getInteger("holdfast.burst", FEW);
    private static final int DEVICES = Integer.getInteger("holdfast.devices", 4);

    @TempDir
    private Path folder;

    private final List<EarningsManager> devices = new ArrayList<>();

    @Test
    void onSqlite() throws InterruptedException {
        arrivesOnce(OldDatabase.sqlite(folder.resolve("server.db")));
    }

    @Test
    void onPostgres() throws InterruptedException {
        arrivesOnce(OldDatabase.postgres());
    }

    private void arrivesOnce(OldDatabase old) throws InterruptedException {
        old.run(old.table());
        for (int i = 1; i <= DEVICES; i++) {
            old.user("user-" + i, "0", "3600");
        }
        try (EarningsMigration migration = EarningsMigration.open(
                old.open(),
                OldNames.defaults(),
                Terms.of(EarningsWorld.RATE),
                InstantSource.system(),
                new SeededRandom(1))) {
            assertThat(migration.run(rows -> {}).moved()).isEqualTo(DEVICES);
        }
        try (TestServer server = new TestServer(SqlServerStorage.open(old.open(), List.of(EarningsSchema.SCHEMA)))) {
            for (int i = 1; i <= DEVICES; i++) {
                devices.add(mining(server, "user-" + i));
            }
            SqlBurst burst = new SqlBurst(old, DEVICES);
            long begun = System.nanoTime();
            burst.run(STATEMENTS);
            long written = System.nanoTime();
            awaitTakenIn(old);
            long taken = System.nanoTime();
            for (int i = 0; i < DEVICES; i++) {
                arrived(old, burst, "user-" + (i + 1), devices.get(i));
            }
            tell(old, burst, written - begun, taken - written);
            othersCameAndWent(old, burst);
        } finally {
            devices.forEach(EarningsManager::close);
        }
    }

    private EarningsManager mining(TestServer server, String user) throws InterruptedException {
        EarningsManager device = EarningsManager.open(folder.resolve(user), user, EarningsOptions.defaults());
        device.connect(server.connection(user));
        assertThat(device.sync(true).level()).isTrue();
        device.start();
        return device;
    }

    private static void awaitTakenIn(OldDatabase old) {
        while (!old.rows("SELECT count(*) FROM hf_foreign_write").equals(List.of("0"))) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void arrived(OldDatabase old, SqlBurst burst, String user, EarningsManager device)
            throws InterruptedException {
        device.stop();
        BigDecimal given = burst.given.getOrDefault(user, BigDecimal.ZERO);
        EarningsState state = level(device);
        BigDecimal mined =
                sum(old, "SELECT " + old.number("coalesce(sum(granted), 0)") + " FROM mining_settlements", user);
        assertThat(state.confirmedEarnings()).as(user).isEqualByComparingTo(mined.add(given));
        assertThat(sum(old, "SELECT " + old.number("current_earnings") + " FROM user_earnings_records", user))
                .isEqualByComparingTo(state.confirmedEarnings());
        Verification compared = device.reconcile().orElseThrow();
        assertThat(compared.failure()).isEmpty();
        assertThat(compared.damaged()).isEmpty();
        trailAddsUp(old, user, given, device);
    }

    /** Says everything, and hears what the server makes of it. */
    private static EarningsState level(EarningsManager device) throws InterruptedException {
        do {
            assertThat(device.sync(true).failure()).isEmpty();
        } while (device.sync(false).ran());
        return device.state();
    }

    private static void trailAddsUp(OldDatabase old, String user, BigDecimal given, EarningsManager device) {
        List<AuditEntry> told = device.audit(4_000).stream()
                .filter(entry -> entry.operation().equals("sql"))
                .toList();
        assertThat(told.stream()
                        .map(entry -> entry.newValue()
                                .orElseThrow()
                                .subtract(entry.oldValue().orElseThrow()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .as(user)
                .isEqualByComparingTo(given);
        assertThat(old.rows("SELECT count(DISTINCT h.sequence) FROM earnings_audit_log AS a JOIN hf_record_head AS h ON"
                        + " h.scope = a.scope AND h.collection = 'earnings_audit_log' AND h.id = a.id WHERE a.scope = '"
                        + user + "' AND a.operation = 'sql'"))
                .containsExactly(Integer.toString(told.size()));
        assertThat(old.rows("SELECT count(*) FROM hf_audit WHERE scope = '" + user + "' AND event = 'FOREIGN_WRITE'"))
                .containsExactly(Integer.toString(told.size()));
    }

    private static BigDecimal sum(OldDatabase old, String sql, String user) {
        return new BigDecimal(old.rows(sql + " WHERE scope = '" + user + "'").getFirst());
    }

    private static void othersCameAndWent(OldDatabase old, SqlBurst burst) {
        assertThat(old.rows("SELECT user_id FROM user_earnings_records WHERE user_id LIKE 'other-%'"))
                .containsExactlyInAnyOrderElementsOf(burst.came);
        assertThat(old.rows("SELECT user_id FROM user_earnings WHERE user_id LIKE 'other-%'"))
                .containsExactlyInAnyOrderElementsOf(burst.came);
        assertThat(old.rows("SELECT scope FROM hf_record_head WHERE collection = 'user_earnings' AND id = scope"
                        + " AND scope LIKE 'other-%' AND digest IS NOT NULL"))
                .containsExactlyInAnyOrderElementsOf(burst.came);
    }

    private static void tell(OldDatabase old, SqlBurst burst, long writing, long taking) {
        if (STATEMENTS > FEW) {
            System.out.printf(
                    "%d statements in %d ms, %d of them again; taken in %d ms later, by %s appends%n",
                    STATEMENTS,
                    Duration.ofNanos(writing).toMillis(),
                    burst.repeated(),
                    Duration.ofNanos(taking).toMillis(),
                    old.rows("SELECT count(*) FROM hf_audit WHERE event = 'FOREIGN_WRITE'")
                            .getFirst());
        }
    }
}
