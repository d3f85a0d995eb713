package io.holdfast.simulation.world;

import java.util.Locale;

/**
 * How long things go on befalling a world, before its faults stop and it comes to rest.
 *
 * @param count how many, 0 or more
 */
public record Length(int count, Unit unit) {

    /** What is counted. */
    public enum Unit {
        /** Things that befall the world from outside: somebody writes, a fault begins. What follows from them is not counted. */
        STEPS,
        /**
         * Everything that happens: steps, and what follows from them on the timeline, which is each effect that a device carries
         * out, each arrival of a message, and each timer that runs off.
         */
        EVENTS
    }

    /** Refuses a negative number. */
    public Length {
        if (count < 0) {
            throw new IllegalArgumentException("a world's length is not negative");
        }
    }

    /** So many steps, with whatever follows from them. */
    public static Length steps(int count) {
        return new Length(count, Unit.STEPS);
    }

    /** So many events; the pause before the last step may bring some more. */
    public static Length events(int count) {
        return new Length(count, Unit.EVENTS);
    }

    /** Whether a world in which so much has happened is as long as it should be. */
    boolean reached(int steps, int events) {
        return switch (unit) {
            case STEPS -> steps >= count;
            case EVENTS -> events >= count;
        };
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d %s", count, unit.name().toLowerCase(Locale.ROOT));
    }
}
