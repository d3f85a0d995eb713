package io.holdfast.earnings.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Between instants and microseconds since 1970. */
public final class Times {

    private Times() {}

    /** Whole microseconds since 1970. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** The instant. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
