package io.holdfast.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that goes wrong against another: by a fixed offset and by a drift that grows. As thread-safe as the clock that it follows.
 *
 * @param reference the clock that is right
 * @param origin when the drift began
 * @param offset how far this clock was ahead then; negative if behind
 * @param driftPpm microseconds gained in each second of the reference; negative if lost, above -1,000,000
 */
public record SkewedClock(InstantSource reference, Instant origin, Duration offset, long driftPpm)
        implements InstantSource {

    private static final long MILLION = 1_000_000;

    /** Checks the drift. */
    public SkewedClock {
        if (driftPpm <= -MILLION) {
            throw new IllegalArgumentException(
                    "a clock does not run backwards: driftPpm must be above -1000000, is " + driftPpm);
        }
    }

    /** Returns a clock that is {@code offset} ahead of the reference now and drifts from now on. */
    public static SkewedClock of(InstantSource reference, Duration offset, long driftPpm) {
        return new SkewedClock(reference, reference.instant(), offset, driftPpm);
    }

    @Override
    public Instant instant() {
        Instant now = reference.instant();
        Duration drift = Duration.between(origin, now).multipliedBy(driftPpm).dividedBy(MILLION);
        return now.plus(offset).plus(drift);
    }
}
