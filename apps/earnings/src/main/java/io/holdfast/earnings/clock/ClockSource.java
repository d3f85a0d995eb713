package io.holdfast.earnings.clock;

/** Reads the clocks of the machine, all at once. Thread-safe. */
@FunctionalInterface
public interface ClockSource {

    /** What they show now. */
    ClockReading read();
}
