package io.holdfast.server.audit;

/** Where a run stands, or how it ended. */
public enum RunStatus {
    /** It has not ended, or its process is gone and nobody has looked yet. */
    RUNNING,
    /** All records of the source stand in the target, verified. */
    SUCCEEDED,
    /** It came to its end, but some records do not stand in the target: invalid, in quarantine, or a gap that stays. */
    PARTIAL,
    /** It broke off on an error. */
    FAILED,
    /** A person ended it. */
    CANCELLED,
    /** Its process went away; found by whoever looked next: a server, a command, a run of the target. */
    INTERRUPTED;

    /** Whether the run failed as a whole. */
    public boolean failure() {
        return switch (this) {
            case FAILED, INTERRUPTED -> true;
            case RUNNING, SUCCEEDED, PARTIAL, CANCELLED -> false;
        };
    }
}
