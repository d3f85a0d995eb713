package io.holdfast.server.run;

/** How far a run may go. */
public enum RunMode {
    /** It brings the target to what the source says, and verifies that. */
    SYNC,
    /** It finds out what a sync would do, and writes no record. */
    DRY_RUN,
    /** It only reads both sides, and says how they differ. */
    VERIFY;

    /** Whether records are written. */
    public boolean writes() {
        return this == SYNC;
    }
}
