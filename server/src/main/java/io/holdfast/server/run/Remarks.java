package io.holdfast.server.run;

import io.holdfast.core.value.ByteSink;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.run.compare.Spool;
import io.holdfast.sources.mapping.Defect;
import io.holdfast.sources.mapping.DuplicatePolicy;
import io.holdfast.sources.mapping.MappedRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of a source that are no records of their own, and why, in a temporary file. Not thread-safe. */
final class Remarks implements AutoCloseable {

    private final Spool spool;

    Remarks(Path folder) {
        spool = Spool.in(folder);
    }

    void repeat(MappedRow row, MappedRow.Repeat repeat) {
        String key = row.key().orElse(repeat.record().id());
        add(new RecordFate(row.row(), key, Fate.DUPLICATE, "", "The same as " + repeat.first() + "."));
    }

    void clash(MappedRow row, MappedRow.Clash clash, DuplicatePolicy policy) {
        Fate fate = switch (policy) {
            case REPORT -> Fate.DUPLICATE;
            case QUARANTINE -> Fate.QUARANTINED;
        };
        add(new RecordFate(
                row.row(),
                row.key().orElse(clash.record().id()),
                fate,
                "",
                "Its key is that of " + clash.first() + ", whose content is another; that one stands."));
    }

    void unfit(MappedRow row, MappedRow.Unfit unfit) {
        String why = unfit.defects().stream().map(Defect::sentence).collect(Collectors.joining(" "));
        String code = unfit.defects().getFirst().violation().code().name();
        add(new RecordFate(row.row(), row.key().orElse(""), Fate.FAILED, code, why));
    }

    /** Row (8), then fate, key, code and detail, each with its length (4). */
    private void add(RecordFate fate) {
        spool.add(new ByteSink(128)
                .putLong(fate.sourceRow())
                .putText(fate.fate().name())
                .putText(fate.key())
                .putText(fate.code())
                .putText(fate.detail())
                .toBytes());
    }

    /** Writes all of them into the journal, and counts them. */
    void tell(Scribe scribe, Tally tally) {
        Spool.Cursor cursor = spool.read();
        for (Optional<byte[]> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            RecordFate fate = decoded(ByteBuffer.wrap(next.get()));
            tally.count(fate.fate(), 1);
            scribe.fate(fate);
            if (fate.fate() == Fate.FAILED) {
                scribe.error(fate.sourceRow(), fate.key(), fate.code(), fate.detail(), ErrorCategory.VALIDATION);
            }
        }
    }

    private static RecordFate decoded(ByteBuffer in) {
        long row = in.getLong();
        Fate fate = Fate.valueOf(text(in));
        return new RecordFate(row, text(in), fate, text(in), text(in));
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[in.getInt()];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        spool.close();
    }
}
