package io.holdfast.server.audit;

/** What a run does, in this order. */
public enum Phase {
    /** Reads the source. */
    FETCH,
    /** Finds what differs. */
    COMPARE,
    /** Writes what differs. */
    UPDATE,
    /** Reads both sides anew, and compares. */
    VERIFY
}
