package io.holdfast.simulation.world;

/** A kind of misfortune that a world may hold. */
public enum Fault {
    /** Loss, duplication, delay, reordering, truncation, cut-off devices. */
    NETWORK,
    /** Devices die between any two effects, and start again. */
    CRASH,
    /** Device clocks are off, drift, and jump. */
    CLOCK,
    /** A device's transactions fail: nothing of them happened. */
    DISK,
    /** The server is away, or answers that it cannot serve now. */
    SERVER,
    /** A device is restored from an older copy, or cloned while both go on writing. */
    DEVICE_COPY,
    /** The server is restored from an older copy. */
    SERVER_COPY
}
