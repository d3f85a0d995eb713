package io.holdfast.core.schema;

/**
 * How two writes of one field become one value. The first five are lattices: any replica may merge them, in any order, any
 * number of times. The last two are decisions that only the server takes, under the lock of the scope.
 */
public enum MergeRule {
    /** The later stamp stands. */
    LAST_WRITE,
    /** The greater value stands. */
    MAX,
    /** The lesser value stands. */
    MIN,
    /** Every replica's additions count once. INTEGER and DECIMAL of at most 18 digits. */
    COUNTER,
    /** A set of texts to which every replica adds; an add wins over a removal that had not seen it. TEXT only. */
    UNION,
    /** Accepted if the writer had seen the server's current value, else the server's value stands. */
    SERVER,
    /** As {@link #SERVER}, and what lost waits in the collection {@code _reviews} for a person. */
    REVIEW;

    /** Whether only the server may decide. */
    public boolean isDecision() {
        return this == SERVER || this == REVIEW;
    }
}
