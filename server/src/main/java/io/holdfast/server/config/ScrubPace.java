package io.holdfast.server.config;

import java.time.Duration;

/**
 * How much the server looks at its own rows.
 *
 * @param percent most of the time that looking may take, of one processor and one connection; 0 for not looking at all
 * @param every how old a scope's proof may grow before the scope is looked at again
 */
public record ScrubPace(int percent, Duration every) {

    private static final int ALL = 100;

    /** A twentieth of the time, each scope once a day if that is enough. */
    public static ScrubPace defaults() {
        return new ScrubPace(5, Duration.ofDays(1));
    }

    /** Checks the bounds. */
    public ScrubPace {
        if (percent < 0 || percent > ALL) {
            throw new IllegalArgumentException("the share of the scrub is 0 to 100 percent");
        }
        if (!every.isPositive()) {
            throw new IllegalArgumentException("the age of a proof is positive");
        }
    }

    /** How long to rest after looking for so long. */
    public Duration restAfter(Duration looked) {
        return Duration.ofNanos(looked.toNanos() / percent * (ALL - percent));
    }

    /** The same with another share. */
    public ScrubPace withPercent(int share) {
        return new ScrubPace(share, every);
    }

    /** The same with another age. */
    public ScrubPace withEvery(Duration age) {
        return new ScrubPace(percent, age);
    }
}
