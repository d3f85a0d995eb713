package io.holdfast.earnings.clock;

/**
 * What the clocks of a device showed at one moment.
 *
 * @param wallMicros the time of day, microseconds since 1970, which anybody may set; time zones do not enter it
 * @param source names the run of the clock that nobody sets: another name means that it began anew (a reboot; where the machine
 *     has no clock that outlives a process, a new process). Ticks of different sources are not comparable
 * @param tickMicros what that clock showed, microseconds
 * @param countsSleep whether it goes on while the machine sleeps
 */
public record ClockReading(long wallMicros, String source, long tickMicros, boolean countsSleep) {

    /** Whether the clock that nobody sets ran without a break from one reading to the other. */
    boolean sameRun(ClockReading later) {
        return source.equals(later.source) && tickMicros <= later.tickMicros;
    }
}
