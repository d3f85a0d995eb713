package io.holdfast.simulation.world;

/** A deliberate defect, to show that the checkers see it. */
public enum Mutation {
    /** None: the real product. */
    NONE,
    /** The server leaves the last changed record out of an answer. */
    SKIP_A_CHANGE,
    /** A device forgets its last account, as if the counters were not in the transaction. */
    FORGET_ACCOUNT,
    /** A clone goes on under the incarnation of its original. */
    SHARE_INCARNATION,
    /** The server takes every change of a group for itself. */
    DIVIDE_GROUPS,
    /** Devices do not hear the timer. */
    DEAF_TO_TIME,
    /** The server answers devices of one scope out of another. */
    MIX_SCOPES,
    /** The server changes a record without its digest. */
    DAMAGE_ROW,
    /** A device settles a batch, and loses one refused change of it. */
    DROP_REFUSED,
    /** A device's storage loses what it acknowledged when the device dies. */
    LOSE_AFTER_CRASH
}
