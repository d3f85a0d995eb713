package io.holdfast.core.protocol;

import io.holdfast.core.error.ErrorCode;
import java.util.List;

/** What became of one change of a batch. */
public sealed interface ChangeResult {

    /**
     * The change stands, on exactly the record it started from: the sender can compute the record itself.
     *
     * @param sequence of the record now
     */
    record Accepted(long sequence) implements ChangeResult {}

    /**
     * The change stands, on a record that had changed meanwhile.
     *
     * @param record in full; or, where the answer was full, without its state: then it comes with the changes
     */
    record Merged(RemoteRecord record) implements ChangeResult {}

    /**
     * Some of the change does not stand.
     *
     * @param record what stands, as in {@link Merged}
     * @param lost names of the fields that lost; empty if only a deletion did
     * @param stood whether any part of the change stands
     */
    record Conflict(RemoteRecord record, List<String> lost, boolean stood) implements ChangeResult {
        /** Copies. */
        public Conflict {
            lost = List.copyOf(lost);
        }
    }

    /**
     * The change is refused and changed nothing.
     *
     * @param field at fault, empty for the record as a whole
     * @param message one sentence: what is wrong, and what to do
     */
    record Refused(ErrorCode code, String field, String message) implements ChangeResult {}
}
