package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.local.Proof;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many users for thirty days on PostgreSQL: real stores, real client, real server, simulated time. {@code
 * -Dholdfast.fleet=1000} makes it a thousand users; the suite runs twenty, which takes seconds and has every kind of life in it.
 */
class EarningsFleetTest {

    private static final int USERS = Integer.getInteger("holdfast.fleet", 20);
    private static final int LANES = 2;
    private static final int SEGMENTS = 3;
    private static final Duration SEGMENT = Duration.ofDays(10);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** One process of the server: it keeps nothing, and another may go on at any time. */
    private static SqlServerStorage server(String url) {
        return SqlServerStorage.open(PostgresDatabase.open(url, 2 * LANES), List.of(EarningsSchema.SCHEMA));
    }

    @Test
    void theBalancesOfAllUsersAreWhatAnIndependentReckoningComesTo() throws IOException {
        List<FleetLife> lives = new ArrayList<>();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("fsync", "off")
                        .start();
                ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (ServerStorage storage = server(url)) {
                lives.addAll(made(lanes, number -> new FleetLife(own(number), number, storage)));
            }
            for (int i = 0; i < SEGMENTS; i++) {
                try (ServerStorage storage = server(url)) {
                    each(lanes, lives, life -> life.live(storage, SEGMENT));
                }
            }
            try (ServerStorage storage = server(url)) {
                each(lanes, lives, life -> {
                    life.end(storage);
                    judge(life);
                    life.close();
                });
                BigDecimal held =
                        sum(lives, life -> life.world().user(life.user()).current());
                assertThat(held).isEqualTo(sum(lives, life -> life.reckoning().balance()));
                assertThat(held).isPositive();
                assertThat(lives)
                        .as("all kinds of lives")
                        .anyMatch(FleetLife::exact)
                        .anyMatch(life -> !life.exact());
                assertThat(lives)
                        .as("some answers are lost")
                        .anyMatch(life -> life.reckoning().repeated() > 0);
                assertThat(lives)
                        .as("some are capped")
                        .anyMatch(life -> life.reckoning().held().signum() > 0);
            } finally {
                lives.forEach(FleetLife::close);
            }
        }
    }

    private Path own(int number) {
        try {
            return Files.createDirectory(folder.resolve("user-" + number));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void judge(FleetLife life) {
        FleetReckoning reckoning = life.reckoning();
        UserEarnings user = life.world().user(life.user());
        assertThat(life.waiting()).as("%s: nothing waits", life.user()).isZero();
        assertThat(user.current()).as("%s: balance", life.user()).isEqualTo(reckoning.balance());
        // Times that a wrong clock told twice are held again if they come too late to be compared; they are never paid
        // again.
        assertThat(user.held()).as("%s: held", life.user()).isGreaterThanOrEqualTo(reckoning.held());
        assertThat(life.earnings().store().device().proofs())
                .hasEntrySatisfying(
                        Proof.Level.L0, proof -> assertThat(proof.equal()).isTrue());
        assertThat(life.earnings().state().currentEarnings())
                .as("%s: the phone shows what the server has", life.user())
                .isEqualTo(user.current());
        if (life.exact()) {
            assertThat(life.earnings().state().heldEarnings()).isEqualTo(user.held());
            assertThat(user.held()).as("%s: held", life.user()).isEqualByComparingTo(reckoning.held());
            assertThat(reckoning.paidMicros().add(reckoning.heldMicros()).longValueExact())
                    .as("%s: each moment that he mined is paid or held", life.user())
                    .isEqualTo(life.minedMicros());
        }
        audit(life, user);
    }

    /** A row for each claim that the server took, and for each calculation that the phone stored; they lead to the balance. */
    private static void audit(FleetLife life, UserEarnings user) {
        List<AuditEntry> rows = life.world().rows(EarningsSchema.AUDIT, life.user());
        assertThat(rows).extracting(AuditEntry::id).containsAll(life.localAudit());
        assertThat(rows)
                .filteredOn(row -> row.source().equals(AuditEntry.LOCAL))
                .hasSameSizeAs(life.localAudit());
        List<AuditEntry> claims =
                rows.stream().filter(row -> row.operation().equals("claim")).toList();
        assertThat(claims).hasSize(Math.toIntExact(life.reckoning().claims()));
        BigDecimal granted = claims.stream()
                .map(row -> row.newValue().orElseThrow().subtract(row.oldValue().orElseThrow()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(granted).isEqualByComparingTo(user.current());
    }

    private static BigDecimal sum(List<FleetLife> lives, Function<FleetLife, BigDecimal> amount) {
        return lives.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<FleetLife> made(ExecutorService lanes, IntFunction<FleetLife> maker) {
        List<FleetLife> lives = new ArrayList<>();
        IntStream.range(0, USERS)
                .mapToObj(number -> lanes.submit(() -> maker.apply(number)))
                .toList()
                .forEach(life -> lives.add(got(life)));
        return lives;
    }

    private static void each(ExecutorService lanes, List<FleetLife> lives, Consumer<FleetLife> step) {
        lives.stream()
                .map(life -> lanes.submit(() -> {
                    step.accept(life);
                    return life;
                }))
                .toList()
                .forEach(EarningsFleetTest::got);
    }

    private static FleetLife got(Future<FleetLife> life) {
        try {
            return life.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("a life failed", failed.getCause());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
