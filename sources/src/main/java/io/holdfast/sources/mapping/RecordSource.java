package io.holdfast.sources.mapping;

import io.holdfast.core.schema.Schema;
import java.nio.file.Files;
import java.nio.file.Path;

/** A foreign replica under a mapping: records that are read, and read again, never written. Thread-safe. */
public interface RecordSource {

    /**
     * A file, or all files of a folder.
     *
     * @param memoryBytes of the process: a workbook's table of strings may take a quarter of it, telling repeated keys a half
     */
    static RecordSource of(Path path, Mapping mapping, long memoryBytes) {
        return Files.isDirectory(path)
                ? new FolderSource(path, mapping, memoryBytes)
                : new FileSource(path, mapping, memoryBytes);
    }

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
