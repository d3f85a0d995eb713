package io.holdfast.simulation.world;

import java.util.List;

/** Something that befalls a world. Devices are numbered; a number beyond the last begins again at the first. */
public sealed interface Step {

    /** One local transaction. */
    record Write(int device, List<Op> ops) implements Step {
        /** Copies. */
        public Write {
            ops = List.copyOf(ops);
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

    /** The network behaves otherwise from now on. */
    record Weather(int kind) implements Step {}

    /** A device cannot reach the server for a while. */
    record Cut(int device, int millis) implements Step {}

    /** A device dies after so many effects, and starts again later. */
    record Crash(int device, int effects, int downMillis) implements Step {}

    /** A device's clock jumps. */
    record Jump(int device, long millis) implements Step {}

    /** A device's clock goes at another pace. */
    record Drift(int device, int ppm) implements Step {}

    /** A device's next transactions fail. */
    record DiskTrouble(int device, int transactions) implements Step {}

    /** The server is away for a while. */
    record ServerAway(int millis) implements Step {}

    /** The server answers so many requests with a failure. */
    record ServerTrouble(int requests) implements Step {}

    /** The server's rules become stricter or laxer. */
    record Rules(boolean strict) implements Step {}

    /** A copy of a device is put aside. */
    record CopyDevice(int device) implements Step {}

    /** A device is put back to its copy. */
    record RestoreDevice(int device) implements Step {}

    /** Another device starts from a device's present store, and both go on. */
    record CloneDevice(int device) implements Step {}

    /** A copy of the server is put aside. */
    record CopyServer() implements Step {}

    /** The server is put back to its copy. */
    record RestoreServer() implements Step {}
}
