package io.holdfast.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsEventsByTimeThenByScheduling() {
        record Planned(int second, int sequence) {}
        Property.of("events run by time, then by scheduling")
                .forAll(Gens.ints(0, 9).list(), seconds -> {
                    VirtualTime timeline = new VirtualTime(START);
                    List<Planned> planned = new ArrayList<>();
                    List<Planned> seen = new ArrayList<>();
                    seconds.forEach(second -> {
                        Planned event = new Planned(second, planned.size());
                        planned.add(event);
                        timeline.after(Duration.ofSeconds(second), () -> seen.add(event));
                    });
                    timeline.runAll(1_000);
                    planned.sort(Comparator.comparingInt(Planned::second).thenComparingInt(Planned::sequence));
                    assertThat(seen).isEqualTo(planned);
                });
    }

    @Test
    void standsStillDuringAnEventAndRunsWhatItSchedules() {
        time.after(Duration.ofSeconds(5), () -> {
            ran.add("first " + Duration.between(START, time.instant()));
            time.execute(() -> ran.add("task " + Duration.between(START, time.instant())));
            time.at(START, () -> ran.add("late " + Duration.between(START, time.instant())));
        });
        assertThat(time.runAll(10)).isEqualTo(3);
        assertThat(ran).containsExactly("first PT5S", "task PT5S", "late PT5S");
    }

    @Test
    void stopsAtTheEndAskedFor() {
        time.after(Duration.ofSeconds(1), () -> ran.add("one"));
        time.after(Duration.ofSeconds(2), () -> ran.add("two"));
        time.after(Duration.ofSeconds(3), () -> ran.add("three"));
        time.runFor(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("one", "two");
        assertThat(time.nextAt()).contains(START.plusSeconds(3));
        time.runUntil(START.plusSeconds(9));
        assertThat(time.instant()).isEqualTo(START.plusSeconds(9));
        assertThat(time.runNext()).isFalse();
    }

    @Test
    void runsTheNextOnlyIfItComesByTheEndAskedFor() {
        time.after(Duration.ofSeconds(2), () -> ran.add("two"));
        assertThat(time.runNextUntil(START.plusSeconds(1))).isFalse();
        assertThat(time.instant()).isEqualTo(START);
        assertThat(time.runNextUntil(START.plusSeconds(2))).isTrue();
        assertThat(time.runNextUntil(Instant.MAX)).isFalse();
        assertThat(ran).containsExactly("two");
    }

    @Test
    void passesOverCancelledEvents() {
        VirtualTime.Event event = time.after(Duration.ofSeconds(1), () -> ran.add("cancelled"));
        time.after(Duration.ofSeconds(2), () -> ran.add("kept"));
        assertThat(event.cancel()).isTrue();
        assertThat(event.cancel()).isFalse();
        assertThat(time.waiting()).isEqualTo(1);
        time.runAll(5);
        assertThat(ran).containsExactly("kept");
    }

    @Test
    void doesNotCancelWhatHasRun() {
        VirtualTime.Event event = time.after(Duration.ofSeconds(1), () -> ran.add("ran"));
        time.after(Duration.ofSeconds(2), () -> ran.add("next"));
        time.runNext();
        assertThat(event.cancel()).isFalse();
        assertThat(time.waiting()).isEqualTo(1);
    }

    @Test
    void saysThatAWorldDoesNotComeToRest() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> time.after(Duration.ofMillis(1), again[0]);
        again[0].run();
        assertThatIllegalStateException()
                .isThrownBy(() -> time.runAll(100))
                .withMessageContaining("does not come to rest");
    }

    @Test
    void movesTheSettableClockAsTold() {
        SettableClock clock = SettableClock.at("2026-11-01T00:00:00Z");
        assertThat(clock.instant()).isEqualTo(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ofSeconds(1));
        clock.jump(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1 - 3600));
        clock.tick(Duration.ofMillis(1));
        assertThat(Duration.between(clock.instant(), clock.instant())).isEqualTo(Duration.ofMillis(1));
        clock.freeze();
        clock.set(START);
        assertThat(clock.instant()).isEqualTo(clock.instant()).isEqualTo(START);
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
    }

    @Test
    void driftsAwayFromTheReference() {
        SkewedClock skewed = SkewedClock.of(time, Duration.ofSeconds(-10), 100);
        assertThat(skewed.instant()).isEqualTo(START.minusSeconds(10));
        time.runFor(Duration.ofSeconds(10_000));
        assertThat(skewed.instant()).isEqualTo(START.plusSeconds(10_000 - 10 + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SkewedClock.of(time, Duration.ZERO, -1_000_000));
    }
}
