package io.holdfast.server.run;

import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.value.Value;
import io.holdfast.server.run.compare.Entry;
import io.holdfast.server.run.compare.SourceImage;
import io.holdfast.server.run.lease.RunStop;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.MappedRow;
import io.holdfast.sources.mapping.RecordSource;
import io.holdfast.sources.mapping.RowCounts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongConsumer;

/**
 * Reads a source once, from its first row to its last: the records into an image, other rows into a file of remarks, which are
 * worth nothing before the pass is whole.
 */
final class SourcePass {

    private static final int ROWS_BETWEEN_LOOKS = 256;

    private final RecordSource source;
    private final ContentDigester digester;
    private final RunStop stop;
    private final Path folder;
    private final LongConsumer progress;

    SourcePass(RecordSource source, ContentDigester digester, RunStop stop, Path folder, LongConsumer progress) {
        this.source = source;
        this.digester = digester;
        this.stop = stop;
        this.folder = folder;
        this.progress = progress;
    }

    /** What a whole pass has shown. */
    record Reading(SourceImage image, Remarks remarks, RowCounts counts) implements AutoCloseable {
        @Override
        public void close() {
            image.close();
            remarks.close();
        }
    }

    /**
     * Reads.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_ followed by why it cannot be read, CANCELLED, RUN_LOST, STORE_IO
     */
    Reading read() {
        SourceImage image = new SourceImage(digester, folder);
        Remarks remarks = new Remarks(folder);
        try (MappedRecords rows = source.open()) {
            long read = 0;
            for (Optional<MappedRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                take(row.get(), image, remarks);
                if (++read % ROWS_BETWEEN_LOOKS == 0) {
                    stop.check();
                    progress.accept(read);
                }
            }
            return new Reading(image, remarks, rows.counts());
        } catch (RuntimeException failed) {
            image.close();
            remarks.close();
            throw failed;
        }
    }

    private void take(MappedRow row, SourceImage image, Remarks remarks) {
        switch (row.outcome()) {
            case MappedRow.Fit fit -> image.add(entry(row, fit));
            case MappedRow.Repeat repeat -> remarks.repeat(row, repeat);
            case MappedRow.Clash clash ->
                remarks.clash(row, clash, source.mapping().duplicates());
            case MappedRow.Unfit unfit -> remarks.unfit(row, unfit);
        }
    }

    private Entry entry(MappedRow row, MappedRow.Fit fit) {
        String id = fit.record().id();
        SortedMap<String, Value> values = fit.values();
        return new Entry(
                id,
                digester.digest(id, field -> values.getOrDefault(field, Value.NULL)),
                row.row(),
                row.key().orElse(id),
                values);
    }
}
