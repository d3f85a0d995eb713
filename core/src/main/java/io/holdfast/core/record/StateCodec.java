package io.holdfast.core.record;

import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.ByteSink;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The stored form of a record's state, whole or beside the columns of a typed table.
 *
 * <p>Form, big-endian: the byte 1; the record's stamp (16 bytes: time, incarnation) that every cell has unless listed with
 * its own; the deletion's stamp (16 bytes); the number of listed cells (4 bytes) and for each: length (4 bytes) and UTF-8 of
 * the name, stamp (16 bytes), one byte 1 if its value stands in a column, else 0 and the value ({@link ValueCodec}).
 * A column that holds a value and is not listed has the record's stamp.
 */
public final class StateCodec {

    private static final byte FORM = 1;

    private StateCodec() {}

    /** The whole state. */
    public static byte[] encode(RecordState state) {
        return encode(state, Set.of());
    }

    /** What of the state does not stand in the columns, whose names are given: stamps, cleared and unknown fields, lattices. */
    public static byte[] encode(RecordState state, Set<String> columns) {
        Stamp shared = state.newestCell();
        ByteSink out = new ByteSink(64 + 32 * state.cells().size());
        out.put(FORM);
        stamp(out, shared);
        stamp(out, state.deleted());
        int countAt = out.size();
        out.putInt(0);
        int listed = 0;
        for (Map.Entry<String, Cell> cell : state.cells().entrySet()) {
            boolean inColumn = inColumn(cell, columns);
            if (!inColumn || !cell.getValue().stamp().equals(shared)) {
                listed++;
                out.putText(cell.getKey());
                stamp(out, cell.getValue().stamp());
                out.put(inColumn ? 1 : 0);
                if (!inColumn) {
                    CanonicalValue.writeSized(cell.getValue().value(), out);
                }
            }
        }
        out.set(countAt, listed);
        return out.toBytes();
    }

    /**
     * Reads a whole state.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static RecordState decode(byte[] meta) {
        return decode(meta, FieldMap.of());
    }

    /**
     * Puts a state together from its columns and what stood beside them.
     *
     * @param columns the columns that hold a value
     * @throws IllegalArgumentException if the bytes are no such form, or a column they rely on is empty
     */
    public static RecordState decode(byte[] meta, SortedMap<String, Value> columns) {
        ByteBuffer in = ByteBuffer.wrap(meta);
        try {
            if (in.get() != FORM) {
                throw new IllegalArgumentException("unknown form of a stored record");
            }
            Stamp shared = stamp(in);
            Stamp deleted = stamp(in);
            FieldMap.Builder<Cell> cells = new FieldMap.Builder<>(columns.size() + 4);
            columns.forEach((name, value) -> cells.put(name, new Cell(value, shared)));
            for (int left = in.getInt(); left > 0; left--) {
                String name = text(in);
                Stamp stamp = stamp(in);
                Value value = in.get() != 0 ? columns.get(name) : ValueCodec.read(in);
                // A column that lost its value behind our back reads as cleared: the digest then shows the damage.
                cells.put(name, new Cell(value == null ? Value.NULL : value, stamp));
            }
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("bytes follow a stored record");
            }
            return new RecordState(cells.build(), deleted);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a stored record is cut short", e);
        }
    }

    private static boolean inColumn(Map.Entry<String, Cell> cell, Set<String> columns) {
        return columns.contains(cell.getKey()) && !cell.getValue().value().isNull();
    }

    private static void stamp(ByteSink out, Stamp stamp) {
        out.putLong(stamp.time()).putLong(stamp.incarnation());
    }

    private static Stamp stamp(ByteBuffer in) {
        return new Stamp(in.getLong(), in.getLong());
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[Math.clamp(in.getInt(), 0, in.remaining())];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
