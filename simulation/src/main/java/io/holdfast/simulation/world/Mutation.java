package io.holdfast.simulation.world;

/** A deliberate defect, to show that the checker which has to see it does, all by itself. */
public enum Mutation {
    /** None: the real product. */
    NONE(""),
    /** The server leaves the last changed record out of an answer. */
    SKIP_A_CHANGE("CursorNeverSkips"),
    /** A device forgets its last account, as if the counters were not in the transaction. */
    FORGET_ACCOUNT("Conservation"),
    /** A device settles a batch, and loses one refused change of it. */
    DROP_REFUSED("Conservation"),
    /** A clone goes on under the incarnation of its original. */
    SHARE_INCARNATION("Counters"),
    /** The server counts twice what it gets once. */
    COUNT_TWICE("Counters"),
    /** A device adds one more than it was told to. */
    ADD_ONE_MORE("Counters"),
    /** The server takes every change of a group for itself. */
    DIVIDE_GROUPS("Groups"),
    /** The server says of a part of an answer that it is all. */
    CLAIM_COMPLETE("Groups"),
    /** The server goes on with whoever shows a cursor that it does not know. */
    BLIND_TO_RESTORES("Identity"),
    /** Devices do not hear the timer. */
    DEAF_TO_TIME("Liveness"),
    /** The server answers devices of one scope with a record of another. */
    MIX_SCOPES("Isolation"),
    /** The server counts the records of all scopes together. */
    COUNT_ALL_SCOPES("Isolation"),
    /** The server takes the fingerprint over the records of all scopes. */
    SUM_ALL_SCOPES("Isolation"),
    /** The server changes a record without its digest. */
    DAMAGE_ROW("Roots"),
    /** A device changes a confirmed record, and makes the digest and the root fit. */
    ALTER_COPY("Convergence"),
    /** The server tells a fingerprint that is not its own. */
    WRONG_FINGERPRINT("Proofs"),
    /** A device's storage loses what it acknowledged when the device dies. */
    LOSE_AFTER_CRASH("KeptOnDisk"),
    /** The server accepts a change and does not keep it. */
    LOSE_ACCEPTED("KeptOnServer"),
    /** A device proves itself equal, and has lost a record. */
    LOSE_PROVEN("ProvenEqual"),
    /** A device looks at its rows, and does not see what is wrong with them. */
    OVERLOOK_DAMAGE("Repairs");

    private final String checker;

    Mutation(String checker) {
        this.checker = checker;
    }

    /** The simple name of the checker that has to see it; empty for {@link #NONE}. */
    public String checker() {
        return checker;
    }
}
