package io.holdfast.earnings.clock;

import java.util.Optional;

/**
 * What time it was when the clocks were read last; from here on time is counted. A step is a pure function of this and the next
 * reading.
 *
 * <p>Within one run of the clock that nobody sets, only that clock counts. Across a restart without such a clock the time of day
 * must do until a server confirms it: if it was set forward meanwhile, the estimate is too far ahead, but nothing of it is
 * paid, because the server grants no time that has not come. In doubt less is counted, and the server's time makes it good.
 *
 * @param reading of the clocks
 * @param micros what time it was, microseconds since 1970
 * @param basis where that comes from
 */
public record Anchor(ClockReading reading, long micros, Basis basis) {

    /** How sure a time is. */
    public enum Basis {
        /** The device's time of day, which no server has confirmed yet. */
        DEVICE,
        /** A server's time, counted on across a restart or a sleep that no clock counted. */
        RECKONED,
        /** A server's time, or counted on from it by a clock that nobody sets. */
        CONFIRMED
    }

    /** Clocks may differ by this without anybody having touched them: leap seconds, readings taken one after the other. */
    static final long TOLERANCE_MICROS = 2_000_000;

    /** And by one part in so many of the time since, for the drift of quartz and the latency of the network. */
    private static final long DRIFT_PARTS = 1_000;

    /** Where an anchor moves, and what was noticed on the way. */
    public record Moved(Anchor anchor, Optional<ClockJump> jump) {}

    /** The first anchor of a device that knows nothing but its time of day. */
    public static Anchor first(ClockReading reading) {
        return new Anchor(reading, reading.wallMicros(), Basis.DEVICE);
    }

    /** Counts on to a later reading. Never goes back. */
    public Moved to(ClockReading now) {
        return reading.sameRun(now) ? counted(now) : restarted(now);
    }

    private Moved counted(ClockReading now) {
        long ticks = now.tickMicros() - reading.tickMicros();
        long wall = now.wallMicros() - reading.wallMicros();
        Anchor next = new Anchor(now, micros + ticks, basis);
        if (Math.abs(wall - ticks) <= TOLERANCE_MICROS) {
            return new Moved(next, Optional.empty());
        }
        ClockJump.Kind kind = wall < ticks
                ? ClockJump.Kind.SET_BACK
                : now.countsSleep() ? ClockJump.Kind.SET_FORWARD : ClockJump.Kind.SLEPT_OR_SET_FORWARD;
        // After a sleep that no clock counted, what time it is must be confirmed again.
        Basis after = kind == ClockJump.Kind.SLEPT_OR_SET_FORWARD ? reckoned() : basis;
        return new Moved(new Anchor(now, next.micros, after), Optional.of(jump(kind, now, ticks)));
    }

    private Moved restarted(ClockReading now) {
        long wall = now.wallMicros() - reading.wallMicros();
        long counted = Math.max(0, wall);
        Anchor next = new Anchor(now, micros + counted, reckoned());
        return new Moved(
                next,
                wall < -TOLERANCE_MICROS
                        ? Optional.of(jump(ClockJump.Kind.BACK_AFTER_RESTART, now, counted))
                        : Optional.empty());
    }

    private Basis reckoned() {
        return basis == Basis.DEVICE ? Basis.DEVICE : Basis.RECKONED;
    }

    /**
     * Takes a server's word for what time it is.
     *
     * @param now the clocks when the server's time was true
     * @param serverMicros the server's time, microseconds since 1970
     */
    public Moved confirm(ClockReading now, long serverMicros) {
        Moved estimate = to(now);
        long counted = serverMicros - micros;
        Anchor next = new Anchor(now, serverMicros, Basis.CONFIRMED);
        long difference = Math.abs(serverMicros - estimate.anchor.micros);
        if (difference <= TOLERANCE_MICROS + Math.abs(counted) / DRIFT_PARTS) {
            return new Moved(next, estimate.jump);
        }
        ClockJump.Kind kind = estimate.anchor.basis == Basis.CONFIRMED
                ? ClockJump.Kind.SERVER_MOVED
                : ClockJump.Kind.CORRECTED_BY_SERVER;
        return new Moved(next, Optional.of(jump(kind, now, counted)));
    }

    private ClockJump jump(ClockJump.Kind kind, ClockReading now, long counted) {
        return new ClockJump(kind, reading, now, now.wallMicros() - reading.wallMicros(), counted);
    }
}
