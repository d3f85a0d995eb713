package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RetryPolicy policy = RetryPolicy.defaults();

    @Test
    void theBoundDoublesUpToTheCap() {
        assertThat(LongStream.rangeClosed(1, 11).map(failures -> policy.boundMillis((int) failures)))
                .containsExactly(
                        1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 64_000L, 128_000L, 256_000L, 300_000L,
                        300_000L);
    }

    @Test
    void noBoundExceedsTheCapOrFallsBelowTheBase() {
        Gen<Long> millis = Gens.<Long>oneOf(Gens.longs(1, 1_000), Gens.longs(1, Long.MAX_VALUE / 4));
        Property.of("bounds lie between base and cap")
                .tries(2_000)
                .forAll(millis, millis, Gens.ints(1, Integer.MAX_VALUE), (a, b, failures) -> {
                    RetryPolicy any =
                            policy.withBackoff(Duration.ofMillis(Math.min(a, b)), Duration.ofMillis(Math.max(a, b)));
                    assertThat(any.boundMillis(failures)).isBetween(Math.min(a, b), Math.max(a, b));
                    if (failures > 1) {
                        assertThat(any.boundMillis(failures)).isGreaterThanOrEqualTo(any.boundMillis(failures - 1));
                    }
                });
    }

    @Test
    void everyDelayLiesBetweenNothingAndTheBound() {
        Property.of("delays stay within the bound")
                .tries(2_000)
                .forAll(
                        Gens.ints(1, 60),
                        Gens.longs(),
                        (failures, random) -> assertThat(policy.delayMillis(failures, random))
                                .isBetween(0L, policy.boundMillis(failures)));
    }

    /** Full jitter: devices that failed together come back spread over the whole interval. */
    @Test
    void delaysSpreadEvenlyOverTheWholeBound() {
        SeededRandom random = new SeededRandom(7);
        long[] tenths = new long[10];
        LongSummaryStatistics delays = LongStream.range(0, 10_000)
                .map(i -> policy.delayMillis(4, random.nextLong()))
                .peek(delay -> tenths[(int) Math.min(9, delay / 800)]++)
                .summaryStatistics();
        assertThat(delays.getAverage()).isBetween(3_900.0, 4_100.0);
        assertThat(delays.getMin()).isLessThan(20);
        assertThat(delays.getMax()).isGreaterThan(7_980);
        assertThat(LongStream.of(tenths)).allMatch(count -> count > 850 && count < 1_150);
    }

    @Test
    void bothEndsOfTheBoundCanBeDrawn() {
        RetryPolicy short1 = policy.withBackoff(Duration.ofMillis(1), Duration.ofMillis(1));
        assertThat(LongStream.range(0, 50).map(random -> short1.delayMillis(1, random)))
                .contains(0L, 1L);
    }

    @Test
    void refusesWhatCouldNeverFire() {
        Duration none = Duration.ofNanos(999_999);
        assertThatThrownBy(() -> new RetryPolicy(none, SECOND, SECOND, SECOND, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(SECOND, SECOND.minusMillis(1), SECOND, SECOND, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(SECOND, SECOND, none, SECOND, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(SECOND, SECOND, SECOND, none, 0))
                .isInstanceOf(IllegalArgumentException.class);
        Duration least = Duration.ofMillis(1);
        assertThat(new RetryPolicy(least, least, least, least, 0).boundMillis(9))
                .isEqualTo(1);
    }

    @Test
    void eachSettingChangesByItself() {
        RetryPolicy changed = policy.withInterval(SECOND)
                .withBackoff(Duration.ofMillis(2), Duration.ofMillis(3))
                .withTriesMax(4)
                .withSuspectAfter(5);
        assertThat(changed)
                .isEqualTo(new RetryPolicy(Duration.ofMillis(2), Duration.ofMillis(3), policy.timeout(), SECOND, 4, 5));
    }
}
