package io.holdfast.core.stamp;

/**
 * Arithmetic of hybrid logical time: 48 bits of milliseconds above a 16-bit counter, so that plain addition of one
 * carries a full counter into the milliseconds.
 *
 * <p>Source: Kulkarni, Demirbas, Madappa, Avva and Leone, "Logical Physical Clocks and Consistent Snapshots in Globally
 * Distributed Databases", 2014.
 */
public final class HybridTime {

    private static final int COUNTER_BITS = 16;

    private HybridTime() {}

    /** The hybrid time at the very start of a millisecond. */
    public static long ofMillis(long millis) {
        return Math.max(0, millis) << COUNTER_BITS;
    }

    /** The millisecond a hybrid time lies in. */
    public static long millis(long time) {
        return time >>> COUNTER_BITS;
    }

    /** The time to give next: the wall clock if it has moved on, else one more than the last given. */
    public static long next(long last, long nowMillis) {
        return Math.max(ofMillis(nowMillis), last + 1);
    }

    /** Moves a time by whole milliseconds and keeps its counter; never below zero. */
    public static long shift(long time, long millis) {
        return Math.max(0, time + (millis << COUNTER_BITS));
    }
}
