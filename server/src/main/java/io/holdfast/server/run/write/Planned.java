package io.holdfast.server.run.write;

import io.holdfast.core.reconcile.Digest;
import io.holdfast.server.run.compare.Entry;

/**
 * One thing that a run means to do to a target.
 *
 * @param entry what the source says; of a deletion only the id counts
 * @param seen the content that the target showed when it was compared; {@link Digest#NONE} for no record
 */
public record Planned(Kind kind, Entry entry, Digest seen) {

    /** What to do. */
    public enum Kind {
        /** The target lacks the record. */
        CREATE,
        /** The target holds other values. */
        UPDATE,
        /** The source lacks the record. */
        DELETE
    }
}
