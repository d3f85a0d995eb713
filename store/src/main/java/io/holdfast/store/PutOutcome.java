package io.holdfast.store;

import io.holdfast.core.schema.Violation;
import java.util.List;

/** What came of one record of a batch. */
public sealed interface PutOutcome permits Written, PutOutcome.Refused {

    /**
     * The record breaks the rules of its collection; nothing of it was written.
     *
     * @param violations all of them, at least one
     */
    record Refused(List<Violation> violations) implements PutOutcome {
        /** Copies. */
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
