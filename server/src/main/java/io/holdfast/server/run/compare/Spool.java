package io.holdfast.server.run.compare;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Byte strings in the order in which they were added, a few of them in memory, more in a temporary file; read as often as one
 * likes. The file is its owner's alone and is gone with the process, also with one that is killed (where the file system lets go
 * of open files). Not thread-safe.
 */
public final class Spool implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private Optional<FileChannel> opened = Optional.empty();
    private long flushed;
    private long count;

    private Spool(Path folder) {
        this.folder = folder;
    }

    /**
     * An empty one. Everything that is done with it may fail with STORE_IO.
     *
     * @param folder for temporary files
     */
    public static Spool in(Path folder) {
        return new Spool(folder);
    }

    private FileChannel channel() {
        if (opened.isEmpty()) {
            try {
                Path file = Files.createTempFile(folder, "holdfast-run", ".tmp");
                opened = Optional.of(FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return opened.get();
    }

    /** Appends a byte string. */
    public void add(byte[] bytes) {
        put(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        put(ByteBuffer.wrap(bytes));
        count++;
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    private void put(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int length = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
    }

    private void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                flushed += channel().write(buffer, flushed);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        buffer.clear();
    }

    /** Reads from the beginning what was added so far. */
    public Cursor read() {
        if (opened.isEmpty()) {
            return new Cursor(0, buffer.duplicate().flip());
        }
        flush();
        return new Cursor(flushed, ByteBuffer.allocate(BUFFER_BYTES).flip());
    }

    /** One reading of a spool. Not thread-safe. */
    public final class Cursor {

        private final long end;
        private final ByteBuffer window;
        private long position;

        private Cursor(long end, ByteBuffer window) {
            this.end = end;
            this.window = window;
        }

        /** The next byte string; empty after the last. */
        public Optional<byte[]> next() {
            if (position == end && !window.hasRemaining()) {
                return Optional.empty();
            }
            byte[] bytes =
                    new byte[ByteBuffer.wrap(take(new byte[Integer.BYTES])).getInt()];
            return Optional.of(take(bytes));
        }

        private byte[] take(byte[] into) {
            int at = 0;
            while (at < into.length) {
                if (!window.hasRemaining()) {
                    fill();
                }
                int length = Math.min(into.length - at, window.remaining());
                window.get(into, at, length);
                at += length;
            }
            return into;
        }

        private void fill() {
            window.clear();
            try {
                int read = channel().read(window, position);
                if (read <= 0) {
                    throw new IOException("a temporary file was cut short");
                }
                position += read;
            } catch (IOException e) {
                throw failed(e);
            }
            window.flip();
        }
    }

    private static HoldfastException failed(IOException failure) {
        return new HoldfastException(
                ErrorCode.STORE_IO,
                "A temporary file of the run cannot be written or read. Check the folder for temporary files and the"
                        + " space on its disk.",
                failure);
    }

    @Override
    public void close() {
        if (opened.isPresent()) {
            try {
                opened.get().close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
