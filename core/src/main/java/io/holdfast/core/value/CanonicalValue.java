package io.holdfast.core.value;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The one byte form of each value, over which digests are computed and ties are broken: a tag byte, then
 * <ul>
 *   <li>0 null: nothing; 1 TEXT and 9 JSON: UTF-8; 8 BYTES: the bytes
 *   <li>2 INTEGER, 6 INSTANT, 7 DURATION: 8 bytes big-endian, two's complement (micros for the latter two)
 *   <li>3 REAL: 8 bytes big-endian IEEE 754; 5 BOOLEAN: one byte, 0 or 1
 *   <li>4 DECIMAL: scale as 4 bytes big-endian, then the unscaled number as big-endian two's complement
 *   <li>10 COUNTER: scale (4 bytes), number of incarnations (4), then for each, ascending as unsigned: incarnation,
 *       added, taken (8 bytes each)
 *   <li>11 UNION: number of elements (4), then for each, ascending in UTF-16 order: length of its UTF-8 (4), UTF-8,
 *       number of incarnations (4), and for each, ascending as unsigned: incarnation, added, removed (8 bytes each)
 * </ul>
 * The form has no length of its own: whoever embeds it writes the length before it.
 */
public final class CanonicalValue {

    private CanonicalValue() {}

    /** The canonical form, a new array. */
    public static byte[] bytes(Value value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(24);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(value, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Value value, DataOutputStream out) throws IOException {
        switch (value) {
            case Value.Null ignored -> out.writeByte(0);
            case Value.Text text -> tagged(out, 1, text.text().getBytes(StandardCharsets.UTF_8));
            case Value.Int number -> tagged(out, 2, number.number());
            case Value.Real number -> tagged(out, 3, Double.doubleToLongBits(number.number()));
            case Value.Decimal decimal -> decimal(out, decimal.number());
            case Value.Bool bool -> {
                out.writeByte(5);
                out.writeBoolean(bool.flag());
            }
            case Value.Time time -> tagged(out, 6, time.epochMicros());
            case Value.Span span -> tagged(out, 7, span.micros());
            case Value.Bytes bytes -> tagged(out, 8, bytes.bytes());
            case Value.Json json -> tagged(out, 9, json.canonical().getBytes(StandardCharsets.UTF_8));
            case CounterValue counter -> counter(out, counter);
            case SetValue set -> set(out, set);
        }
    }

    private static void tagged(DataOutputStream out, int tag, byte[] bytes) throws IOException {
        out.writeByte(tag);
        out.write(bytes);
    }

    private static void tagged(DataOutputStream out, int tag, long number) throws IOException {
        out.writeByte(tag);
        out.writeLong(number);
    }

    private static void decimal(DataOutputStream out, BigDecimal number) throws IOException {
        out.writeByte(4);
        out.writeInt(number.scale());
        out.write(number.unscaledValue().toByteArray());
    }

    private static void counter(DataOutputStream out, CounterValue counter) throws IOException {
        out.writeByte(10);
        out.writeInt(counter.scale());
        out.writeInt(counter.totals().size());
        for (Map.Entry<Long, CounterValue.Total> entry : counter.totals().entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue().added());
            out.writeLong(entry.getValue().taken());
        }
    }

    private static void set(DataOutputStream out, SetValue set) throws IOException {
        out.writeByte(11);
        out.writeInt(set.elements().size());
        for (var element : set.elements().entrySet()) {
            byte[] text = element.getKey().getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
            out.writeInt(element.getValue().size());
            for (Map.Entry<Long, SetValue.Mark> mark : element.getValue().entrySet()) {
                out.writeLong(mark.getKey());
                out.writeLong(mark.getValue().added());
                out.writeLong(mark.getValue().removed());
            }
        }
    }
}
