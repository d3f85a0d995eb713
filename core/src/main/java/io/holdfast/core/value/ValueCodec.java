package io.holdfast.core.value;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stored form of a value: the length of its canonical form in 4 bytes big-endian, then that form ({@link CanonicalValue}). */
public final class ValueCodec {

    private ValueCodec() {}

    /** Appends the stored form. */
    public static void write(Value value, DataOutputStream out) throws IOException {
        byte[] canonical = CanonicalValue.bytes(value);
        out.writeInt(canonical.length);
        out.write(canonical);
    }

    /**
     * Reads the stored form, and leaves the buffer behind it.
     *
     * @throws IllegalArgumentException if the bytes are no value
     */
    public static Value read(ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("a stored value is cut short");
        }
        int length = in.getInt();
        if (length < 1 || length > in.remaining()) {
            throw new IllegalArgumentException("a stored value is cut short");
        }
        ByteBuffer own = in.slice(in.position(), length);
        in.position(in.position() + length);
        return whole(own);
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if the bytes are no value
     * @throws IOException if they end early
     */
    public static Value read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > in.available()) {
            throw new IllegalArgumentException("a stored value is cut short");
        }
        return of(in.readNBytes(length));
    }

    /**
     * Reads a canonical form.
     *
     * @throws IllegalArgumentException if the bytes are no value
     */
    public static Value of(byte[] canonical) {
        return whole(ByteBuffer.wrap(canonical));
    }

    private static Value whole(ByteBuffer in) {
        try {
            Value value = value(in);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("bytes follow a value");
            }
            return value;
        } catch (java.nio.BufferUnderflowException | NumberFormatException e) {
            throw new IllegalArgumentException("a value is cut short", e);
        }
    }

    private static Value value(ByteBuffer in) {
        int tag = in.get();
        return switch (tag) {
            case 0 -> Value.NULL;
            case 1 -> new Value.Text(text(in, in.remaining()));
            case 2 -> new Value.Int(in.getLong());
            case 3 -> new Value.Real(Double.longBitsToDouble(in.getLong()));
            case 4 -> decimal(in.getInt(), rest(in));
            case 5 -> new Value.Bool(in.get() != 0);
            case 6 -> new Value.Time(in.getLong());
            case 7 -> new Value.Span(in.getLong());
            case 8 -> new Value.Bytes(rest(in));
            case 9 -> new Value.Json(text(in, in.remaining()));
            case 10 -> counter(in);
            case 11 -> set(in);
            default -> throw new IllegalArgumentException("unknown kind of value " + tag);
        };
    }

    private static Value decimal(int scale, byte[] unscaled) {
        return new Value.Decimal(new BigDecimal(new BigInteger(unscaled), scale));
    }

    private static Value counter(ByteBuffer in) {
        int scale = in.getInt();
        SortedMap<Long, CounterValue.Total> totals = new TreeMap<>(IncarnationOrder.UNSIGNED);
        for (int left = in.getInt(); left > 0; left--) {
            totals.put(in.getLong(), new CounterValue.Total(in.getLong(), in.getLong()));
        }
        return new CounterValue(totals, scale);
    }

    private static Value set(ByteBuffer in) {
        TreeMap<String, SortedMap<Long, SetValue.Mark>> elements = new TreeMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            String element = text(in, in.getInt());
            SortedMap<Long, SetValue.Mark> marks = new TreeMap<>(IncarnationOrder.UNSIGNED);
            for (int more = in.getInt(); more > 0; more--) {
                marks.put(in.getLong(), new SetValue.Mark(in.getLong(), in.getLong()));
            }
            elements.put(element, marks);
        }
        return new SetValue(elements);
    }

    private static String text(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a text is cut short");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}
