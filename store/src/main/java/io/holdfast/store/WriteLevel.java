package io.holdfast.store;

/** How far a write has come. Each level includes those before it. */
public enum WriteLevel {
    /** In a transaction that is not committed yet. */
    MEMORY,
    /** On this device's disk, after fsync. */
    DISK,
    /** On the server. */
    SERVER,
    /** On the server, and both sides compared equal since. */
    PROVEN
}
