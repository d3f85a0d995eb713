package io.holdfast.earnings.ledger;

/**
 * How much time the server still grants at once: a bucket that holds at most the cap, empties as time is granted, and fills again
 * as the server's time passes. An offline period up to the cap is granted in full whenever it ends, a longer one up to the
 * cap; and no way of cutting claims into pieces or of adding devices gets more than the cap and the time that really passed.
 *
 * <p>Source: the token bucket, as in Turner, "New Directions in Communications", IEEE Communications Magazine, 1986.
 *
 * @param micros that it held, 0 or more
 * @param atMicros when, by the server's clock
 */
public record Allowance(long micros, long atMicros) {

    /** Refuses a debt. */
    public Allowance {
        if (micros < 0) {
            throw new IllegalArgumentException("an allowance is not negative");
        }
    }

    /** What it holds now. A server's clock that was set back fills nothing, and fills nothing twice when it goes on. */
    Allowance at(long nowMicros, long capMicros) {
        long passed = Math.max(0, nowMicros - atMicros);
        // A span of the clock is far below the range of a long, the cap too.
        return new Allowance(Math.min(capMicros, micros + passed), Math.max(atMicros, nowMicros));
    }

    Allowance spend(long spent) {
        return new Allowance(micros - spent, atMicros);
    }
}
