package io.holdfast.earnings.ledger;

import io.holdfast.earnings.amount.Coins;
import java.time.Duration;

/**
 * What a class of users is granted.
 *
 * @param rate coins an hour that a new user begins with
 * @param cap most time that is granted for one offline period
 * @param lookback time that is claimed later than this waits for a person
 */
public record Terms(Coins rate, Duration cap, Duration lookback) {

    private static final Duration CAP = Duration.ofHours(24);
    private static final Duration LOOKBACK = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Refuses periods that are not positive or longer than a year, and a cap above the lookback. */
    public Terms {
        if (!cap.isPositive() || lookback.compareTo(cap) < 0 || lookback.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a cap is positive, at most the lookback, and that at most a year");
        }
    }

    /** A rate, with a cap of 24 hours and a lookback of seven days. */
    public static Terms of(Coins rate) {
        return new Terms(rate, CAP, LOOKBACK);
    }

    /** The same with another cap; the lookback grows with it. */
    public Terms withCap(Duration next) {
        return new Terms(rate, next, lookback.compareTo(next) < 0 ? next : lookback);
    }

    long capMicros() {
        return cap.toNanos() / 1_000;
    }

    long lookbackMicros() {
        return lookback.toNanos() / 1_000;
    }
}
