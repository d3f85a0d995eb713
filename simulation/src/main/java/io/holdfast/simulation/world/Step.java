package io.holdfast.simulation.world;

import java.util.List;
import java.util.Locale;

/** Something that befalls a world. Devices are numbered; a number beyond the last begins again at the first. */
public sealed interface Step {

    /** One local transaction. */
    record Write(int device, List<Op> ops) implements Step {
        /** Copies. */
        public Write {
            ops = List.copyOf(ops);
        }

        @Override
        public String toString() {
            return "device " + device + " writes " + ops;
        }
    }

    /** A person retries the first refused change. */
    record Retry(int device) implements Step {}

    /** A person discards the first refused change. */
    record Discard(int device) implements Step {}

    /** A person asks for an exchange. */
    record Ask(int device) implements Step {}

    /** A comparison of the actual rows is asked for. */
    record Challenge(int device) implements Step {}

    /** The network is fair from now on. */
    record FairWeather() implements Step {}

    /** The server's rules become stricter or laxer. */
    record Rules(boolean strict) implements Step {}

    /**
     * A misfortune.
     *
     * @param count how much of it, 0 to {@link #COUNT_MAX}; what it means is the fault's own matter
     * @param millis for how long, or how far
     */
    record Misfortune(Fault fault, int device, int count, long millis) implements Step {
        /** The highest count. */
        static final int COUNT_MAX = 11;

        @Override
        public String toString() {
            String name = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return name + " (device " + device + ", count " + count + ", " + millis + " ms)";
        }
    }
}
