package io.holdfast.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.time.SettableClock;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeededRandomTest {

    /** The first numbers for this seed as published with the reference implementation of SplitMix64 (Vigna, splitmix64.c). */
    @Test
    void agreesWithTheReferenceImplementation() {
        SeededRandom random = new SeededRandom(1_234_567);
        assertThat(random.nextLong()).isEqualTo(6_457_827_717_110_365_317L);
        assertThat(random.nextLong()).isEqualTo(3_203_168_211_198_807_973L);
        assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
    }

    @Test
    void staysWithinBoundsAndReachesThem() {
        SeededRandom random = new SeededRandom(3);
        assertThat(random.ints(1_000, 0, 7).boxed())
                .containsOnly(0, 1, 2, 3, 4, 5, 6)
                .contains(0, 6);
        assertThat(random.upTo(0)).isZero();
        assertThat(java.util.stream.LongStream.range(0, 100)
                        .map(i -> random.upTo(-2L))
                        .boxed())
                .anyMatch(value -> value < 0)
                .doesNotContain(-1L);
    }

    @Test
    void splitsByNameWithoutMoving() {
        SeededRandom random = new SeededRandom(9);
        long network = random.split("network").nextLong();
        assertThat(random.split("network").nextLong()).isEqualTo(network);
        assertThat(random.split("disk").nextLong()).isNotEqualTo(network);
        assertThat(random.nextLong()).isEqualTo(new SeededRandom(9).nextLong());
    }

    @Test
    void givesIdsOfTheirKind() {
        SeededIds ids = new SeededIds(new SeededRandom(1));
        assertThat(ids.named("device")).isEqualTo("device-1");
        assertThat(ids.named("server")).isEqualTo("server-2");
        UUID random = ids.uuid();
        assertThat(random.version()).isEqualTo(4);
        assertThat(random.variant()).isEqualTo(2);
        SettableClock clock = SettableClock.at("2026-11-01T00:00:00Z");
        UUID timed = ids.timedUuid(clock);
        assertThat(timed.version()).isEqualTo(7);
        assertThat(timed.variant()).isEqualTo(2);
        assertThat(timed.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
        assertThat(new SeededIds(new SeededRandom(1)).uuid()).isEqualTo(random);
    }
}
