package io.holdfast.server.run.compare;

import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.ContentDigester;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * All that one reading of a source has shown: sums in memory, records in a temporary file. Not thread-safe; close it to let go
 * of the file.
 */
public final class SourceImage implements AutoCloseable {

    private final ContentDigester digester;
    private final Path folder;
    private final Spool records;
    private final Buckets sums = new Buckets();

    /**
     * An empty one.
     *
     * @param digester of the fields that the source gives
     * @param folder for temporary files
     */
    public SourceImage(ContentDigester digester, Path folder) {
        this.digester = digester;
        this.folder = folder;
        this.records = Spool.in(folder);
    }

    /** Adds a record; no two of one id. */
    public void add(Entry entry) {
        sums.add(ContentDigester.bucket(entry.id()), entry.content());
        records.add(entry.encoded(digester.fields()));
    }

    /** How contents are digested. */
    public ContentDigester digester() {
        return digester;
    }

    /** How many records there are. */
    public long count() {
        return records.count();
    }

    /** The sums of the leaves. */
    public Buckets sums() {
        return sums;
    }

    /** The records of some leaves, ascending by the UTF-8 bytes of their ids. */
    Sorted sorted(BitSet leaves, long memoryBytes) {
        return new Sorted(
                SpoolSort.of(records, bytes -> leaves.get(Entry.leaf(bytes)), Entry::compare, folder, memoryBytes),
                digester);
    }

    /** Records in order. */
    record Sorted(SpoolSort sort, ContentDigester digester) implements AutoCloseable {

        Optional<Entry> next() {
            return sort.next().map(bytes -> Entry.decode(ByteBuffer.wrap(bytes), digester.fields()));
        }

        @Override
        public void close() {
            sort.close();
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
