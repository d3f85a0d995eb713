package io.holdfast.cli.simulate;

import io.holdfast.simulation.Report;
import java.time.Duration;

/**
 * What worlds of one kind took.
 *
 * @param worlds how many they were
 * @param events how many events they had, those after the faults had stopped included
 * @param processor the processor time of the threads that ran them; what the compiler and the garbage collector used on
 *     other threads is not in it
 */
record Effort(long worlds, long events, Duration processor) {

    static final Effort NONE = new Effort(0, 0, Duration.ZERO);

    /** With one world more. */
    Effort plus(Report report, Duration used) {
        return plus(new Effort(1, report.tally().events(), used));
    }

    /** Of both. */
    Effort plus(Effort other) {
        return new Effort(worlds + other.worlds, events + other.events, processor.plus(other.processor));
    }

    /** How many of something a second of one processor makes, if so many were made. */
    double rate(long made) {
        return made * 1_000.0 / Math.max(1, processor.toMillis());
    }
}
