package io.holdfast.earnings.clock;

/**
 * Clocks that contradict each other: both readings, and what was made of them.
 *
 * @param wallMicros time that passed between them by the time of day; negative if it went back
 * @param countedMicros time that was counted as passed
 */
public record ClockJump(Kind kind, ClockReading before, ClockReading after, long wallMicros, long countedMicros) {

    /** What must have happened. */
    public enum Kind {
        /** The time of day was set forward: the difference earns nothing. */
        SET_FORWARD,
        /** The time of day was set back: nothing is lost. */
        SET_BACK,
        /** The machine slept, or the time of day was set forward: what is uncertain waits for the server's time. */
        SLEPT_OR_SET_FORWARD,
        /** After a restart the time of day is earlier than before it: counting goes on from where it was. */
        BACK_AFTER_RESTART,
        /** The server's time is another than this device thought: the server's counts. */
        CORRECTED_BY_SERVER,
        /** The server's clock moved otherwise than the clock here that nobody sets: the server's counts, and a person should look. */
        SERVER_MOVED
    }
}
