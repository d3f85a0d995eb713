package io.holdfast.server.run.compare;

import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.value.ByteSink;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One record as a source has it.
 *
 * @param content its digest
 * @param row where it stands, from 1; 0 if the source has no rows
 * @param key what people know it by
 * @param values every field that the source gives
 */
public record Entry(String id, Digest content, long row, String key, SortedMap<String, Value> values) {

    /** Copies. */
    public Entry {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** A record of which only its place in the target is known: it is to go. */
    public static Entry gone(String id) {
        return new Entry(id, Digest.NONE, 0, id, Collections.emptySortedMap());
    }

    /**
     * For a {@link Spool}, all numbers big-endian: length (4) and UTF-8 of the id, digest (32), row (8), length and UTF-8 of the
     * key, then the stored form of the value of each field, in the order of {@code fields}.
     */
    public byte[] encoded(List<String> fields) {
        ByteSink out = new ByteSink(128 + 24 * fields.size());
        out.putText(id).put(content.bytes()).putLong(row).putText(key);
        if (!content.isNone()) {
            fields.forEach(field -> CanonicalValue.writeSized(values.getOrDefault(field, Value.NULL), out));
        }
        return out.toBytes();
    }

    /** Reads {@link #encoded} from where a buffer stands to its end. */
    public static Entry decode(ByteBuffer in, List<String> fields) {
        String id = text(in);
        byte[] digest = new byte[Digest.LENGTH];
        in.get(digest);
        long row = in.getLong();
        String key = text(in);
        SortedMap<String, Value> values = new TreeMap<>();
        if (in.hasRemaining()) {
            fields.forEach(field -> values.put(field, ValueCodec.read(in)));
        }
        return new Entry(id, Digest.of(digest), row, key, values);
    }

    /** By the UTF-8 bytes of the ids of two encoded entries. */
    static int compare(byte[] left, byte[] right) {
        int leftEnd = Integer.BYTES + ByteBuffer.wrap(left).getInt();
        int rightEnd = Integer.BYTES + ByteBuffer.wrap(right).getInt();
        return Arrays.compareUnsigned(left, Integer.BYTES, leftEnd, right, Integer.BYTES, rightEnd);
    }

    /** The leaf of an encoded entry. */
    static int leaf(byte[] encoded) {
        return ContentDigester.bucket(text(ByteBuffer.wrap(encoded)));
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[in.getInt()];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
