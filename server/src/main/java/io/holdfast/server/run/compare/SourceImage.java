package io.holdfast.server.run.compare;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.ContentDigester;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that one reading of a source has shown: sums in memory, records in a temporary file. Of a reading that is remembered there
 * are sums only; the records are read if they are asked for. Not thread-safe; close it to let go of the file.
 */
public final class SourceImage implements AutoCloseable {

    private final ContentDigester digester;
    private final Path folder;
    private final Spool records;
    private final Buckets sums;
    private final Optional<Supplier<SourceImage>> again;
    private Optional<SourceImage> whole = Optional.empty();

    /**
     * An empty one.
     *
     * @param digester of the fields that the source gives
     * @param folder for temporary files
     */
    public SourceImage(ContentDigester digester, Path folder) {
        this(digester, folder, new Buckets(), Optional.empty());
    }

    private SourceImage(ContentDigester digester, Path folder, Buckets sums, Optional<Supplier<SourceImage>> again) {
        this.digester = digester;
        this.folder = folder;
        this.sums = sums;
        this.again = again;
        this.records = Spool.in(folder);
    }

    /**
     * That of a remembered reading.
     *
     * @param again reads the source after all
     */
    public static SourceImage remembered(
            ContentDigester digester, Path folder, Buckets sums, Supplier<SourceImage> again) {
        return new SourceImage(digester, folder, sums, Optional.of(again));
    }

    /** Whether the records were not read. */
    public boolean isRemembered() {
        return again.isPresent();
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
        return sums.root().count();
    }

    /** The sums of the leaves. */
    public Buckets sums() {
        return sums;
    }

    /**
     * The records of some leaves, ascending by the UTF-8 bytes of their ids.
     *
     * @throws HoldfastException SOURCE_CHANGED if the source is no longer as it is remembered, and what reading it throws
     */
    Sorted sorted(BitSet leaves, long memoryBytes) {
        if (again.isPresent()) {
            if (whole.isEmpty()) {
                whole = Optional.of(readAgain(again.get()));
            }
            return whole.get().sorted(leaves, memoryBytes);
        }
        return new Sorted(
                SpoolSort.of(records, bytes -> leaves.get(Entry.leaf(bytes)), Entry::compare, folder, memoryBytes),
                digester);
    }

    private SourceImage readAgain(Supplier<SourceImage> reading) {
        SourceImage read = reading.get();
        if (!read.sums().differing(sums).isEmpty()) {
            read.close();
            throw new HoldfastException(
                    ErrorCode.SOURCE_CHANGED, "The source changed since the run began. Run again once it is written.");
        }
        return read;
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
        whole.ifPresent(SourceImage::close);
        records.close();
    }
}
