package io.holdfast.server.audit;

/** What came of a record in a run. */
public enum Fate {
    /** It was not in the target, and is now. */
    CREATED,
    /** The target held other values, and holds these now. */
    UPDATED,
    /** The target held the same. */
    UNCHANGED,
    /** The source has it no more; it was deleted, or marked so. */
    DELETED,
    /** The same row stood in the source before. */
    DUPLICATE,
    /** It contradicts another row of the source and waits for a person. */
    QUARANTINED,
    /** It is invalid, or could not be written. */
    FAILED,
    /** The target's own values are newer, and stay. */
    KEPT,
    /** Verification: in the source, not in the target. */
    GAP,
    /** Verification: in the target, not in the source. */
    SURPLUS,
    /** Verification: in both, with different values. */
    MISMATCH;

    /** Whether it was found by verification, and so says nothing new of how many records there were. */
    public boolean finding() {
        return switch (this) {
            case GAP, SURPLUS, MISMATCH -> true;
            case CREATED, UPDATED, UNCHANGED, DELETED, DUPLICATE, QUARANTINED, FAILED, KEPT -> false;
        };
    }
}
