package io.holdfast.core.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, everything big-endian. Not thread-safe. Faster than a stream: nothing is locked or wrapped. */
public final class ByteSink {

    private byte[] bytes;
    private int size;

    /** An empty sink with room for so many bytes before it grows. */
    public ByteSink(int room) {
        bytes = new byte[Math.max(16, room)];
    }

    /** How many bytes it holds. */
    public int size() {
        return size;
    }

    /** Forgets what it holds, and keeps its room. */
    public void clear() {
        size = 0;
    }

    /** The bytes, a new array. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The array that holds the bytes at its beginning; shared, and of use only until the sink changes. */
    public byte[] array() {
        return bytes;
    }

    /** Appends the lowest 8 bits. */
    public ByteSink put(int value) {
        room(1)[size++] = (byte) value;
        return this;
    }

    /** Appends the lowest 16 bits. */
    public ByteSink putShort(int value) {
        return put(value >>> 8).put(value);
    }

    /** Appends 4 bytes. */
    public ByteSink putInt(int value) {
        room(4);
        set(size, value);
        size += 4;
        return this;
    }

    /** Appends 8 bytes. */
    public ByteSink putLong(long value) {
        return putInt((int) (value >>> 32)).putInt((int) value);
    }

    /** Appends the bytes. */
    public ByteSink put(byte[] value) {
        System.arraycopy(value, 0, room(value.length), size, value.length);
        size += value.length;
        return this;
    }

    /** Appends the text in UTF-8, without its length. */
    public ByteSink put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends the length of the text in UTF-8 as 4 bytes, then the text. */
    public ByteSink putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return putInt(utf8.length).put(utf8);
    }

    /** Replaces 4 bytes that were appended before. */
    public void set(int offset, int value) {
        bytes[offset] = (byte) (value >>> 24);
        bytes[offset + 1] = (byte) (value >>> 16);
        bytes[offset + 2] = (byte) (value >>> 8);
        bytes[offset + 3] = (byte) value;
    }

    private byte[] room(int wanted) {
        if (bytes.length - size < wanted) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + wanted));
        }
        return bytes;
    }
}
