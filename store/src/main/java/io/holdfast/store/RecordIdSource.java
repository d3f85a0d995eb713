package io.holdfast.store;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Gives ids that grow: UUIDs of version 7 (RFC 9562, section 5.7), whose 12 bits after the millisecond count up within it,
 * so that records made one after the other lie side by side in the table. Thread-safe.
 */
public final class RecordIdSource {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 1L << 63;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long last;

    public RecordIdSource(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id, in its usual text form. */
    public synchronized String next() {
        // A full counter runs over into the milliseconds, ahead of the clock.
        last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
        long high = (last & ~COUNTER_MASK) << (Short.SIZE - COUNTER_BITS) | VERSION | (last & COUNTER_MASK);
        long low = VARIANT | random.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }
}
