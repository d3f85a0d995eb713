package io.holdfast.server.audit;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Names a run. Ids order as the runs began, see {@link TimedId}. */
public record RunId(String text) implements Comparable<RunId> {

    /** Checks the form. */
    public RunId {
        if (!TimedId.isOne(text)) {
            throw new IllegalArgumentException("a run id has 32 hexadecimal digits");
        }
    }

    /** Whether a text could name a run. */
    public static boolean isRunId(String text) {
        return TimedId.isOne(text);
    }

    /** A new one. */
    public static RunId next(InstantSource clock, RandomGenerator random) {
        return new RunId(TimedId.next(clock, random));
    }

    @Override
    public int compareTo(RunId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
