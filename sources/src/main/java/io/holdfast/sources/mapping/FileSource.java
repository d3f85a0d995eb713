package io.holdfast.sources.mapping;

import io.holdfast.sources.SheetFiles;
import java.nio.file.Path;

/** One file as a source; each pass opens it anew. Thread-safe. */
public final class FileSource implements RecordSource {

    private final Path file;
    private final Mapping mapping;
    private final long memoryBytes;

    /**
     * Reads a file by a mapping.
     *
     * @param memoryBytes of the process: a workbook's table of strings may take a quarter of it, telling repeated keys a half
     */
    public FileSource(Path file, Mapping mapping, long memoryBytes) {
        this.file = file;
        this.mapping = mapping;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public Mapping mapping() {
        return mapping;
    }

    @Override
    public MappedRecords open() {
        return new MappedRecords(
                mapping, SheetRows.open(name(), mapping, SheetFiles.open(file, memoryBytes)), memoryBytes);
    }
}
