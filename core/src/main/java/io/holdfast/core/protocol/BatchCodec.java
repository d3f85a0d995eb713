package io.holdfast.core.protocol;

import io.holdfast.core.change.Change;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Sha256;
import io.holdfast.core.value.Value;
import java.util.List;
import java.util.Map;

/**
 * Freezes changes into the bytes of a batch, and names those bytes. The hash is SHA-256 over the 64 hexadecimal digits of
 * the hash before it (nothing before the first), the number as 8 bytes big-endian, and the bytes.
 */
public final class BatchCodec {

    private BatchCodec() {}

    /** The bytes of a batch: its changes as a JSON array, UTF-8. */
    public static byte[] encode(List<Change> changes) {
        return JsonOut.write(out -> {
            out.writeStartArray();
            changes.forEach(change -> RecordJson.write(out, change));
            out.writeEndArray();
        });
    }

    /** Roughly how many bytes an edit will take, without encoding it; text counts double for its escapes. */
    public static long sizeHint(RecordState edit) {
        long size = 160;
        for (Map.Entry<String, Cell> cell : edit.cells().entrySet()) {
            size += cell.getKey().length()
                    + 8L
                    + switch (cell.getValue().value()) {
                        case Value.Text text -> 2L * text.text().length();
                        case Value.Json json -> 2L * json.canonical().length();
                        case Value.Bytes bytes -> bytes.bytes().length * 4L / 3;
                        case CounterValue counter -> 60L * counter.totals().size();
                        case SetValue set ->
                            set.elements().keySet().stream()
                                    .mapToLong(element -> 100L + element.length())
                                    .sum();
                        case Value.Null ignored -> 4;
                        case Value.Int ignored -> 20;
                        case Value.Real ignored -> 32;
                        case Value.Decimal ignored -> 56;
                        case Value.Bool ignored -> 5;
                        case Value.Time ignored -> 32;
                        case Value.Span ignored -> 32;
                    };
        }
        return size;
    }

    /** The mark of the batch that follows {@code previous} and has these bytes. */
    public static BatchMark mark(BatchMark previous, byte[] bytes) {
        long number = previous.number() + 1;
        String hash =
                new Sha256().text(previous.hash()).number(number).bytes(bytes).hex();
        return new BatchMark(number, hash);
    }

    /** The batch without changes that follows {@code previous}: it takes a number, and nothing else. */
    public static Batch empty(BatchMark previous) {
        byte[] bytes = encode(List.of());
        return new Batch(mark(previous, bytes), previous, bytes, List.of());
    }

    /**
     * Reads the bytes of a batch.
     *
     * @throws io.holdfast.core.error.HoldfastException JSON_MALFORMED
     */
    public static List<Change> decode(byte[] bytes) {
        return JsonIn.read(bytes, in -> in.list(() -> RecordJson.readChange(in)));
    }
}
