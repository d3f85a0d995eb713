package io.holdfast.core.engine;

import java.time.Duration;

/**
 * How often a device talks to the server, and how it tries again.
 *
 * @param base upper bound of the first delay after a failure; doubles with each further one
 * @param cap no bound grows beyond this
 * @param timeout how long an answer may take
 * @param interval how often to exchange when nothing else gives reason to
 * @param triesMax after how many failed tries that a server answered the device stops and waits for a person; 0 for never.
 *     Failures to connect never count
 * @param suspectAfter after how many failures of the server (INTERNAL) over the same batch its changes are suspected, and the
 *     batch is withdrawn and divided; one change alone takes twice as many, and goes into quarantine. 0 for never
 */
public record RetryPolicy(
        Duration base, Duration cap, Duration timeout, Duration interval, int triesMax, int suspectAfter) {

    private static final int SUSPECT_AFTER = 3;

    /** A policy that suspects a batch after its third failure. */
    public RetryPolicy(Duration base, Duration cap, Duration timeout, Duration interval, int triesMax) {
        this(base, cap, timeout, interval, triesMax, SUSPECT_AFTER);
    }

    /** One second, doubling to five minutes; half a minute for an answer; an exchange a minute; never gives up. */
    public static RetryPolicy defaults() {
        return new RetryPolicy(
                Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofMinutes(1), 0);
    }

    /** Refuses what could never fire. */
    public RetryPolicy {
        if (base.toMillis() < 1 || cap.compareTo(base) < 0 || timeout.toMillis() < 1 || interval.toMillis() < 1) {
            throw new IllegalArgumentException("durations are at least a millisecond, and the cap at least the base");
        }
    }

    /** The same with another interval. */
    public RetryPolicy withInterval(Duration other) {
        return new RetryPolicy(base, cap, timeout, other, triesMax, suspectAfter);
    }

    /** The same with another base and cap. */
    public RetryPolicy withBackoff(Duration otherBase, Duration otherCap) {
        return new RetryPolicy(otherBase, otherCap, timeout, interval, triesMax, suspectAfter);
    }

    /** The same with another bound on tries. */
    public RetryPolicy withTriesMax(int tries) {
        return new RetryPolicy(base, cap, timeout, interval, tries, suspectAfter);
    }

    /** The same with another patience for a batch over which the server fails. */
    public RetryPolicy withSuspectAfter(int failures) {
        return new RetryPolicy(base, cap, timeout, interval, triesMax, failures);
    }

    /**
     * The delay before the next try, with full jitter: uniform between nothing and the bound.
     *
     * <p>Source: Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
     *
     * @param failures failures in a row, 1 or more
     * @param random 64 random bits
     * @return milliseconds, 0 to {@link #boundMillis}
     */
    long delayMillis(int failures, long random) {
        return Math.floorMod(random, boundMillis(failures) + 1);
    }

    /** The upper bound of the delay after so many failures in a row, in milliseconds. */
    long boundMillis(int failures) {
        int doublings = Math.min(failures - 1, 40);
        long bound = base.toMillis() << Math.min(doublings, Long.numberOfLeadingZeros(base.toMillis()) - 2);
        return Math.min(bound, cap.toMillis());
    }
}
