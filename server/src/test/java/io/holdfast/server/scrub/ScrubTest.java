package io.holdfast.server.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeProof;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.server.config.ScrubPace;
import io.holdfast.server.metrics.ServerMetrics;
import io.holdfast.server.system.Machine;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScrubTest {

    private static final ScopeKey KEY = new ScopeKey(new byte[ScopeKey.LENGTH]);

    private final SettableClock clock = SettableClock.at("2026-11-20T08:00:00Z");
    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryServerStorage storage = new InMemoryServerStorage();
    private final ServerMetrics metrics = new ServerMetrics();
    // Each look at the ticker takes 3 ms, so each step does.
    private final Machine machine =
            new Machine(clock, () -> nanos.getAndAdd(Duration.ofMillis(3).toNanos()), new SeededRandom(1));
    private final Scrub scrub = new Scrub(storage, machine, ScrubPace.defaults(), metrics.scrub(clock));

    private static RecordState state(String text) {
        return new RecordState(
                new TreeMap<>(Map.of("text", new Cell(new Value.Text(text), new Stamp(1, 1)))), Stamp.NONE);
    }

    private static RecordKey key(int number) {
        return new RecordKey("notes", String.format("%05d", number));
    }

    private void fill(String scope, int count) {
        Digester digester = new Digester(KEY);
        List<ServerRecord> records = new ArrayList<>();
        DigestSum sum = DigestSum.ZERO;
        for (int i = 1; i <= count; i++) {
            RecordState state = state("text " + i);
            ServerRecord record =
                    new ServerRecord(key(i), state, i, digester.digest(key(i), state), digester.bucket(key(i)));
            records.add(record);
            sum = sum.plus(record.digest());
        }
        ScopeHead head = new ScopeHead(scope, KEY, "1-a", count, "", sum);
        storage.append(
                scope,
                new ScopeView.Touch("", List.of(), List.of()),
                view -> new ScopeUpdate<>(
                        Optional.of(head), Optional.empty(), Optional.empty(), records, List.of(), true));
    }

    /** Steps until everything is young; returns how many steps that took. */
    private int round() {
        int steps = 1;
        while (scrub.step().compareTo(Duration.ofMinutes(1)) < 0) {
            steps++;
        }
        return steps;
    }

    private Proof proof(String scope) {
        return storage.snapshot(scope, snapshot -> snapshot.proof(Proof.Level.L1, ""))
                .map(ScopeProof::proof)
                .orElseThrow();
    }

    @Test
    void restsNineteenTimesAsLongAsItLooks() {
        fill("ann", 5_000);
        Duration looked = Duration.ZERO;
        Duration rested = Duration.ZERO;
        for (int i = 0; i < 6; i++) {
            looked = looked.plusMillis(3);
            rested = rested.plus(scrub.step());
        }
        assertThat(rested).isEqualTo(looked.multipliedBy(19));
    }

    @Test
    void provesEveryScopeAndThenLeavesItAloneForADay() {
        fill("ann", 2_500);
        fill("bob", 1);
        assertThat(round()).isGreaterThan(4);
        assertThat(proof("ann")).isEqualTo(new Proof(Proof.Level.L1, true, clock.millis(), 2_500, 2_500));
        assertThat(proof("bob").equal()).isTrue();

        clock.advance(Duration.ofHours(23));
        assertThat(round()).isEqualTo(3);
        clock.advance(Duration.ofHours(1));
        round();
        assertThat(proof("ann").atMillis()).isEqualTo(clock.millis());
    }

    @Test
    void findsOneDamagedRowAmongThousandsAndCountsIt() {
        fill("ann", 2_500);
        storage.damage("ann", key(1_777), state("theirs"));
        round();
        assertThat(proof("ann").equal()).isFalse();
        List<Gap> gaps = storage.snapshot("ann", snapshot -> snapshot.trail().gaps(true, Long.MAX_VALUE, 10));
        assertThat(gaps).extracting(Gap::key).containsExactly(key(1_777));
        round();
        assertThat(metrics.text())
                .contains(
                        "holdfast_scrub_rows_total 2500.0", "holdfast_scrub_gaps_total 1.0", "holdfast_gaps_open 1.0");
    }

    @Test
    void beginsAScopeAnewAfterAFailure() {
        fill("ann", 2_500);
        scrub.step();
        scrub.step();
        scrub.startOver();
        round();
        clock.advance(Duration.ofDays(1));
        round();
        assertThat(proof("ann").records()).isEqualTo(2_500);
    }
}
