package io.holdfast.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that shows what it was set to. It may be set back, as real clocks are. Thread-safe. */
public final class SettableClock implements InstantSource {

    private Instant now;
    private Duration step = Duration.ZERO;

    private SettableClock(Instant now) {
        this.now = now;
    }

    /** Returns a frozen clock that shows {@code now}. */
    public static SettableClock at(Instant now) {
        return new SettableClock(now);
    }

    /** Returns a frozen clock; {@code now} as in {@code 2026-11-01T00:00:00Z}. */
    public static SettableClock at(String now) {
        return new SettableClock(Instant.parse(now));
    }

    /** Returns the time shown, and then moves it on by the step of {@link #tick}. */
    @Override
    public synchronized Instant instant() {
        Instant shown = now;
        now = now.plus(step);
        return shown;
    }

    /** Sets the clock, forwards or back. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    /** Moves the clock on; {@code by} is not negative. */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("advance takes no negative duration; use jump to set the clock back");
        }
        now = now.plus(by);
    }

    /** Moves the clock by any duration, as a correction of the time does. */
    public synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    /** From now on every reading moves the clock on by {@code step}, which is not negative. */
    public synchronized void tick(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("a step must not be negative");
        }
        this.step = step;
    }

    /** Readings no longer move the clock. */
    public void freeze() {
        tick(Duration.ZERO);
    }
}
