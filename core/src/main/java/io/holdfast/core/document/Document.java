package io.holdfast.core.document;

import io.holdfast.core.change.FieldEdit;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one JSON object asks of a record: fields it does not name stay as they are. Immutable.
 *
 * @param id the record's id, empty if the writer leaves it to the store
 * @param edits by field name; every name is one of the collection's
 */
public record Document(Optional<String> id, SortedMap<String, FieldEdit> edits) implements DocumentOutcome {

    /** Copies. */
    public Document {
        edits = Collections.unmodifiableSortedMap(new TreeMap<>(edits));
    }
}
