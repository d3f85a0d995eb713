package io.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proofs that a client makes by itself, on a simulated timeline. */
class ProverTest {

    private static final RecordKey P1 = new RecordKey("plants", "p1");

    private final World world = new World(RetryPolicy.defaults());
    private final AtomicInteger challenges = new AtomicInteger();
    private final Prover prover = new Prover(
            world.storage, SystemCollections.addTo(Garden.SCHEMA), world.driver, world.machine, ProofPace.defaults());

    @BeforeEach
    void plantAndStart() {
        world.weather = message -> {
            if (message instanceof Outgoing.Reconcile reconcile
                    && !reconcile.message().nonce().isEmpty()) {
                challenges.incrementAndGet();
            }
            return new World.Fate.Carried();
        };
        world.driver.start();
        world.plant("p1", "rose");
        world.plant("p2", "tulip");
        prover.start();
    }

    private Map<Proof.Level, Proof> proofs() {
        return world.storage.read(LocalTransaction::device).proofs();
    }

    private long scrubbedAt() {
        return proofs().values().stream()
                .filter(proof -> proof.level() == Proof.Level.L1)
                .findFirst()
                .orElseThrow()
                .atMillis();
    }

    @Test
    void everyLevelIsProvenWithinTheFirstHour() {
        world.run(Duration.ofMinutes(61));

        assertThat(proofs()).containsOnlyKeys(Proof.Level.values());
        assertThat(proofs().values()).allMatch(Proof::equal).allMatch(proof -> proof.records() == 2);
    }

    @Test
    void actualRowsAreComparedOnceADayAndScrubbedOnceAWeek() {
        world.run(Duration.ofDays(6));
        long scrubbed = scrubbedAt();
        assertThat(challenges).hasValue(6);

        world.run(Duration.ofDays(2));
        assertThat(challenges).hasValue(8);
        assertThat(Duration.ofMillis(scrubbedAt() - scrubbed))
                .isBetween(Duration.ofDays(7), Duration.ofDays(7).plusHours(1));
    }

    @Test
    void aDamagedRowIsRepairedUnasked() {
        world.run(Duration.ofSeconds(10));
        world.storage.write(transaction -> {
            LocalRecord record = transaction.record(P1);
            RecordState damaged = Plants.renamed(record.confirmed(), "weed");
            transaction.save(
                    record,
                    record.withConfirmed(damaged, record.sequence(), record.digest(), record.bucket()),
                    damaged);
            return P1;
        });
        assertThat(world.storage.visible(P1).value("name")).isEqualTo(new Value.Text("weed"));

        world.run(Duration.ofMinutes(61));

        assertThat(world.storage.visible(P1).value("name")).isEqualTo(new Value.Text("rose"));
        assertThat(world.driver.totals().repaired()).isEqualTo(1);
    }

    @Test
    void aClosedProverProvesNothingMore() {
        prover.close();
        world.run(Duration.ofDays(3));

        assertThat(proofs()).containsOnlyKeys(Proof.Level.L0);
        assertThat(challenges).hasValue(0);
    }
}
