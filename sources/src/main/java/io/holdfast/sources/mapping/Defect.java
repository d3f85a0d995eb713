package io.holdfast.sources.mapping;

import io.holdfast.core.schema.Violation;

/**
 * One reason why a row cannot be taken.
 *
 * @param cell where it stands, such as {@code T7}; empty for the row as a whole
 */
public record Defect(String cell, Violation violation) {

    /** For people. */
    public String sentence() {
        return (cell.isEmpty() ? "" : cell + ", ") + violation.sentence();
    }
}
