package io.holdfast.sources.mapping;

import io.holdfast.core.schema.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
     * What tells its present content from any other, computed from all of it: sources of the same fingerprint and mapping give the
     * same records. Empty if there is nothing that is quicker than reading it.
     */
    default Optional<String> fingerprint() {
        return Optional.empty();
    }

    /**
     * Begins to read, from the first row and anew.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_ followed by why it cannot be read; SOURCE_COLUMN_UNKNOWN if it lacks
     *     a column that the mapping names
     */
    MappedRecords open();
}
