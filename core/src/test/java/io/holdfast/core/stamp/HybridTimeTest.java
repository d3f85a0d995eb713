package io.holdfast.core.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

class HybridTimeTest {

    /** Well within 48 bits, so that sums of a few stay there. */
    private static final Gen<Long> MILLIS = Gens.longs(0, 1L << 45);

    private static final Gen<Integer> COUNTERS = Gens.ints(0, 0xffff);

    @Test
    void timesOnlyGrowWhateverTheWallClockDoes() {
        Gen<List<Long>> readings = Gens.longs(-5, 1L << 45).list(1, 60);
        Property.of("times grow under any clock").tries(1_000).forAll(MILLIS, readings, (start, clock) -> {
            long last = HybridTime.ofMillis(start);
            for (long now : clock) {
                long next = HybridTime.next(last, now);
                assertThat(next).isGreaterThan(last);
                assertThat(HybridTime.millis(next)).isGreaterThanOrEqualTo(Math.max(0, now));
                last = next;
            }
        });
    }

    @Test
    void aClockThatMovedOnIsFollowedToTheMillisecond() {
        assertThat(HybridTime.next(HybridTime.ofMillis(5) + 3, 6)).isEqualTo(HybridTime.ofMillis(6));
    }

    @Test
    void aClockThatStandsOrGoesBackIsCountedOn() {
        long last = HybridTime.ofMillis(5) + 3;
        assertThat(HybridTime.next(last, 5)).isEqualTo(last + 1);
        assertThat(HybridTime.next(last, 1)).isEqualTo(last + 1);
        assertThat(HybridTime.next(last, -9)).isEqualTo(last + 1);
    }

    @Test
    void aFullCounterCarriesIntoTheMilliseconds() {
        long full = HybridTime.ofMillis(7) + 0xffff;
        assertThat(HybridTime.millis(full)).isEqualTo(7);
        assertThat(HybridTime.next(full, 7)).isEqualTo(HybridTime.ofMillis(8));
    }

    @Test
    void millisecondsStandAboveTheCounter() {
        Property.of("a time lies in its millisecond")
                .tries(1_000)
                .forAll(
                        MILLIS,
                        COUNTERS,
                        (millis, counter) -> assertThat(HybridTime.millis(HybridTime.ofMillis(millis) + counter))
                                .isEqualTo(millis));
    }

    @Test
    void timeBefore1970IsTheStart() {
        assertThat(HybridTime.ofMillis(-1)).isZero();
    }

    @Test
    void shiftingKeepsTheCounterAndTheOrder() {
        Gen<Long> shifts = Gens.longs(-(1L << 44), 1L << 44);
        Property.of("shifting keeps the order")
                .tries(1_000)
                .forAll(MILLIS, COUNTERS, shifts, MILLIS, (millis, counter, shift, other) -> {
                    long time = HybridTime.ofMillis(millis) + counter;
                    long moved = HybridTime.shift(time, shift);
                    assertThat(moved).isNotNegative();
                    if (millis + shift >= 0) {
                        assertThat(moved).isEqualTo(HybridTime.ofMillis(millis + shift) + counter);
                        assertThat(HybridTime.shift(moved, -shift)).isEqualTo(time);
                    } else {
                        assertThat(moved).isZero();
                    }
                    long second = HybridTime.ofMillis(other);
                    assertThat(HybridTime.shift(second, shift) <= moved || second > time)
                            .isTrue();
                });
    }
}
