package io.holdfast.store.backup;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.value.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The file of a backup: a SQLite database, behind it the manifest as JSON, behind that a footer of {@value #FOOTER_BYTES}
 * bytes: the manifest's length (8 bytes, big-endian), its SHA-256 (32 bytes), and {@code "Holdfast backup\n"}. SQLite passes
 * over what stands behind its pages, so any SQLite tool reads a backup. Stateless.
 */
final class BackupFile {

    private static final byte[] MAGIC = "Holdfast backup\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_BYTES = 32;
    private static final int FOOTER_BYTES = Long.BYTES + HASH_BYTES + 16;
    private static final int MANIFEST_BYTES_MAX = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    private BackupFile() {}

    /** The SHA-256 of a whole file, in hexadecimal. */
    static String hash(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Sha256 hash = new Sha256();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(buffer.clear()) >= 0) {
                hash.bytes(Arrays.copyOf(buffer.array(), buffer.position()));
            }
            return hash.hex();
        }
    }

    /** Puts the manifest behind a database, and returns once all of it is on the disk. */
    static void seal(Path database, Manifest manifest) throws IOException {
        byte[] json = ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8);
        ByteBuffer end = ByteBuffer.allocate(json.length + FOOTER_BYTES)
                .put(json)
                .putLong(json.length)
                .put(new Sha256().bytes(json).digest())
                .put(MAGIC)
                .flip();
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (end.hasRemaining()) {
                channel.write(end);
            }
            channel.force(true);
        }
    }

    /**
     * Reads the manifest alone.
     *
     * @throws HoldfastException BACKUP_UNFIT, BACKUP_DAMAGED
     */
    static Manifest manifest(Path backup) throws IOException {
        try (FileChannel channel = FileChannel.open(backup, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer footer = read(channel, Math.max(0, size - FOOTER_BYTES), (int) Math.min(size, FOOTER_BYTES));
            byte[] magic = new byte[MAGIC.length];
            if (size < FOOTER_BYTES || !Arrays.equals(MAGIC, last(footer, magic))) {
                throw new HoldfastException(
                        ErrorCode.BACKUP_DAMAGED,
                        backup.getFileName()
                                + " is no backup, or was cut short. Check the path, or take another copy.");
            }
            long length = footer.getLong();
            byte[] hash = new byte[HASH_BYTES];
            footer.get(hash);
            if (length < 2 || length > Math.min(MANIFEST_BYTES_MAX, size - FOOTER_BYTES)) {
                throw damaged(backup);
            }
            byte[] json =
                    read(channel, size - FOOTER_BYTES - length, (int) length).array();
            if (!Arrays.equals(hash, new Sha256().bytes(json).digest())) {
                throw damaged(backup);
            }
            Manifest manifest = manifest(backup, new String(json, StandardCharsets.UTF_8));
            if (manifest.bytes() != size - FOOTER_BYTES - length) {
                throw damaged(backup);
            }
            return manifest;
        }
    }

    private static byte[] last(ByteBuffer footer, byte[] magic) {
        if (footer.remaining() >= magic.length) {
            footer.get(footer.limit() - magic.length, magic);
        }
        return magic;
    }

    private static Manifest manifest(Path backup, String json) {
        try {
            if (ManifestJson.format(json) > Manifest.FORMAT) {
                throw new HoldfastException(
                        ErrorCode.BACKUP_UNFIT,
                        "The backup " + backup.getFileName()
                                + " was made by a newer version of Holdfast. Restore it with that version.");
            }
            return ManifestJson.read(json);
        } catch (JsonRefusedException | IllegalArgumentException | ArithmeticException malformed) {
            throw damaged(backup);
        }
    }

    /**
     * Copies the database out of a backup into a new file, and returns once it is on the disk.
     *
     * @param target there and empty
     * @throws HoldfastException BACKUP_DAMAGED if it is not the one that was backed up
     */
    static void extract(Path backup, Manifest manifest, Path target) throws IOException {
        Sha256 hash = new Sha256();
        try (FileChannel in = FileChannel.open(backup, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(target, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (long left = manifest.bytes(); left > 0; left -= buffer.limit()) {
                buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
                if (in.read(buffer) < 0) {
                    throw damaged(backup);
                }
                hash.bytes(Arrays.copyOf(buffer.flip().array(), buffer.limit()));
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            out.force(true);
        }
        if (!manifest.sha256().equals(hash.hex())) {
            throw damaged(backup);
        }
    }

    static HoldfastException damaged(Path backup) {
        return new HoldfastException(
                ErrorCode.BACKUP_DAMAGED,
                "The backup " + backup.getFileName() + " is damaged: it is not what was written. Take another copy.");
    }

    private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // reads on
        }
        return buffer.flip();
    }
}
