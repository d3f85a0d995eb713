package io.holdfast.sources.sheet;

import java.util.Optional;

/** The rows of a sheet from first to last, read as they are asked for. Not thread-safe. */
public interface Rows extends AutoCloseable {

    /**
     * The next row; empty after the last. Rows that the file leaves out are passed over, their numbers with them.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_DAMAGED, SOURCE_TOO_LARGE, SOURCE_HOSTILE, SOURCE_CHANGED
     */
    Optional<Row> next();

    @Override
    void close();
}
