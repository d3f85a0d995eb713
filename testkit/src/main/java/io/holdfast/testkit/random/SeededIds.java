package io.holdfast.testkit.random;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids that repeat under a seed, in the shapes that programs expect. Not thread-safe. */
public final class SeededIds {

    private final RandomGenerator random;
    private long count;

    /** Creates a source of ids that draws from {@code random}. */
    public SeededIds(RandomGenerator random) {
        this.random = random;
    }

    /** Returns {@code prefix-1}, {@code prefix-2} and so on; one count runs over all prefixes. */
    public String named(String prefix) {
        count++;
        return prefix + "-" + count;
    }

    /** Returns 64 random bits. */
    public long bits() {
        return random.nextLong();
    }

    /** Returns a random UUID of version 4 (RFC 9562). */
    public UUID uuid() {
        return new UUID(withVersion(random.nextLong(), 4), withVariant(random.nextLong()));
    }

    /** Returns a UUID of version 7 (RFC 9562): 48 bits of the clock's milliseconds, then random bits. */
    public UUID timedUuid(InstantSource clock) {
        long high = (clock.millis() << 16) | (random.nextLong() & 0xffff);
        return new UUID(withVersion(high, 7), withVariant(random.nextLong()));
    }

    private static long withVersion(long high, int version) {
        return (high & ~0xf000L) | ((long) version << 12);
    }

    private static long withVariant(long low) {
        return (low & 0x3fffffffffffffffL) | 0x8000000000000000L;
    }
}
