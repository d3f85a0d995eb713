package io.holdfast.sources.mapping;

import io.holdfast.sources.sheet.SheetFile;
import java.util.function.Supplier;

/** One sheet as a source, wherever it is; each pass opens it anew. Thread-safe if what opens it is. */
public final class SheetSource implements RecordSource {

    private final String name;
    private final Supplier<SheetFile> opener;
    private final Mapping mapping;
    private final long memoryBytes;

    /**
     * Reads a sheet by a mapping.
     *
     * @param name for logs, without secrets
     * @param memoryBytes of the process: telling repeated keys may take a half
     */
    public SheetSource(String name, Supplier<SheetFile> opener, Mapping mapping, long memoryBytes) {
        this.name = name;
        this.opener = opener;
        this.mapping = mapping;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Mapping mapping() {
        return mapping;
    }

    @Override
    public MappedRecords open() {
        return new MappedRecords(mapping, SheetRows.open(name, mapping, opener.get()), memoryBytes);
    }
}
