package io.holdfast.sources.mapping;

import io.holdfast.core.schema.Schema;

/** A foreign replica under a mapping: records that are read, and read again, never written. Thread-safe. */
public interface RecordSource {

    /** What it is called in logs: a path without its folder, or an address without secrets. */
    String name();

    /** How its rows become records. */
    Mapping mapping();

    /** The schema of the records. */
    default Schema schema() {
        return mapping().schema();
    }

    /**
     * Begins to read, from the first row and anew.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_ followed by why it cannot be read; SOURCE_COLUMN_UNKNOWN if it lacks
     *     a column that the mapping names
     */
    MappedRecords open();
}
