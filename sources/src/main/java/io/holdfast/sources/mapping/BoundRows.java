package io.holdfast.sources.mapping;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Row;
import java.util.Optional;

/** The rows of a source that are not blank, with the cells of a mapping's fields. Not thread-safe. */
interface BoundRows extends AutoCloseable {

    /**
     * A row and where its fields stand.
     *
     * @param part which of the source's files it stands in, from 0
     */
    record BoundRow(int part, Row row, Binding binding) {

        Cell cell(int field) {
            return binding.cell(row, field);
        }

        String where(int field) {
            return binding.where(row, field);
        }
    }

    /**
     * The next row; empty after the last.
     *
     * @throws io.holdfast.core.error.HoldfastException as {@link io.holdfast.sources.sheet.Rows#next}
     */
    Optional<BoundRow> next();

    /** How many rows stand below headers, so far. */
    long rows();

    /** How many of them are blank. */
    long blank();

    /** The name of a file. */
    String file(int part);

    @Override
    void close();
}
