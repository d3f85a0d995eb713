package io.holdfast.core.record;

import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The stored form of a record's state, whole or beside the columns of a typed table.
 *
 * <p>Form, big-endian: the byte 1; the record's stamp (16 bytes: time, incarnation) that every cell has unless listed with
 * its own; the deletion's stamp (16 bytes); the number of listed cells (2 bytes) and for each: name (modified UTF-8 with a
 * 2-byte length), stamp (16 bytes), one byte 1 if its value stands in a column, else 0 and the value ({@link ValueCodec}).
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
        TreeMap<String, Cell> listed = new TreeMap<>(state.cells());
        listed.entrySet()
                .removeIf(cell ->
                        inColumn(cell, columns) && cell.getValue().stamp().equals(shared));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            stamp(out, shared);
            stamp(out, state.deleted());
            out.writeShort(listed.size());
            for (Map.Entry<String, Cell> cell : listed.entrySet()) {
                out.writeUTF(cell.getKey());
                stamp(out, cell.getValue().stamp());
                boolean inColumn = inColumn(cell, columns);
                out.writeBoolean(inColumn);
                if (!inColumn) {
                    ValueCodec.write(cell.getValue().value(), out);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to write", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a whole state.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static RecordState decode(byte[] meta) {
        return decode(meta, new TreeMap<>());
    }

    /**
     * Puts a state together from its columns and what stood beside them.
     *
     * @param columns the columns that hold a value
     * @throws IllegalArgumentException if the bytes are no such form, or a column they rely on is empty
     */
    public static RecordState decode(byte[] meta, SortedMap<String, Value> columns) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(meta))) {
            if (in.readByte() != FORM) {
                throw new IllegalArgumentException("unknown form of a stored record");
            }
            Stamp shared = stamp(in);
            Stamp deleted = stamp(in);
            TreeMap<String, Cell> cells = new TreeMap<>();
            columns.forEach((name, value) -> cells.put(name, new Cell(value, shared)));
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                String name = in.readUTF();
                Stamp stamp = stamp(in);
                Value value = in.readBoolean() ? columns.get(name) : ValueCodec.read(in);
                // A column that lost its value behind our back reads as cleared: the digest then shows the damage.
                cells.put(name, new Cell(value == null ? Value.NULL : value, stamp));
            }
            return new RecordState(cells, deleted);
        } catch (IOException e) {
            throw new IllegalArgumentException("a stored record is cut short", e);
        }
    }

    private static boolean inColumn(Map.Entry<String, Cell> cell, Set<String> columns) {
        return columns.contains(cell.getKey()) && !cell.getValue().value().isNull();
    }

    private static void stamp(DataOutputStream out, Stamp stamp) throws IOException {
        out.writeLong(stamp.time());
        out.writeLong(stamp.incarnation());
    }

    private static Stamp stamp(DataInputStream in) throws IOException {
        return new Stamp(in.readLong(), in.readLong());
    }
}
