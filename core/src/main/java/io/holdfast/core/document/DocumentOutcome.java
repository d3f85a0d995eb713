package io.holdfast.core.document;

import io.holdfast.core.schema.Violation;
import java.util.List;

/** What came of reading a JSON object as a record: a {@link Document}, or all the reasons why not. */
public sealed interface DocumentOutcome permits Document, DocumentOutcome.Refused {

    /**
     * The object is no record of the collection.
     *
     * @param violations all of them, at least one
     */
    record Refused(List<Violation> violations) implements DocumentOutcome {
        /** Copies. */
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
