package io.holdfast.core.reconcile;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The keyed hash of one record: 256 bits, as four big-endian words, the first the most significant. */
public record Digest(long w3, long w2, long w1, long w0) {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** What stands for a record that is not there; never in a sum. */
    public static final Digest NONE = new Digest(0, 0, 0, 0);

    /** Whether this stands for a record that is not there. */
    public boolean isNone() {
        return (w3 | w2 | w1 | w0) == 0;
    }

    /** 32 bytes, big-endian. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(w3)
                .putLong(w2)
                .putLong(w1)
                .putLong(w0)
                .array();
    }

    /** Reads the byte form. */
    public static Digest of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Digest(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
