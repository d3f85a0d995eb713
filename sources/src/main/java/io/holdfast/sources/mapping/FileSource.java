package io.holdfast.sources.mapping;

import io.holdfast.sources.SheetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

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

    /** SHA-256 of the file's bytes. What cannot be read has none: opening it says why. */
    @Override
    public Optional<String> fingerprint() {
        try {
            return Optional.of(FileBytes.sha256(file));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public MappedRecords open() {
        return new MappedRecords(
                mapping, SheetRows.open(name(), mapping, SheetFiles.open(file, memoryBytes)), memoryBytes);
    }
}
