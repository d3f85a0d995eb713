package io.holdfast.server.archive;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of an archive: lines of JSON, compressed by zstd, each beside its manifest. */
final class ArchiveFolder {

    private static final String MANIFEST = ".json";
    private static final String LOCK = "lock";
    private static final int BUFFER = 1 << 16;
    private static final FileAttribute<?>[] NOTHING = {};

    private final Path folder;

    ArchiveFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes the lines of a file. */
    interface Lines {
        void write(Writer out) throws IOException;
    }

    /** A file that is on the disk, though nobody knows of it yet. */
    record Kept(String sha256, long bytes) {}

    /** Nobody else writes into the folder until it is closed, or its process is gone. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps others from writing.
     *
     * @throws HoldfastException STORE_IN_USE, STORE_IO
     */
    Hold hold() {
        Path lock = folder.resolve(LOCK);
        try {
            FileChannel channel = open(lock, StandardOpenOption.CREATE);
            if (!locks(channel)) {
                channel.close();
                throw new HoldfastException(
                        ErrorCode.STORE_IN_USE,
                        "Another process archives into " + folder + " right now. Wait for its end, and try again.");
            }
            return () -> {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw failure(LOCK, e);
                }
            };
        } catch (IOException e) {
            throw failure(LOCK, e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    /** Writes a file, and returns once it is on the disk under its name. */
    Kept write(String name, Lines lines) {
        Path part = folder.resolve(name + ".part");
        MessageDigest digest = sha256();
        try {
            try (FileChannel channel = fresh(part)) {
                OutputStream digested = new DigestOutputStream(Channels.newOutputStream(channel), digest);
                try (Writer out = new BufferedWriter(
                        new OutputStreamWriter(new ZstdOutputStream(staysOpen(digested)), StandardCharsets.UTF_8),
                        BUFFER)) {
                    lines.write(out);
                }
                channel.force(true);
            }
            long bytes = Files.size(part);
            rename(part, folder.resolve(name));
            return new Kept(HexFormat.of().formatHex(digest.digest()), bytes);
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    /** Makes a file known. */
    void publish(Manifest manifest) {
        Path part = folder.resolve(manifest.file() + MANIFEST + ".part");
        try {
            try (FileChannel channel = fresh(part);
                    OutputStream out = Channels.newOutputStream(channel)) {
                out.write(manifest.text().getBytes(StandardCharsets.UTF_8));
                channel.force(true);
            }
            rename(part, folder.resolve(manifest.file() + MANIFEST));
        } catch (IOException e) {
            throw failure(manifest.file(), e);
        }
    }

    /** An empty file that only its owner may read, as the database beside it: the journal names records. */
    private FileChannel fresh(Path part) throws IOException {
        Files.deleteIfExists(part);
        return open(part, StandardOpenOption.CREATE_NEW);
    }

    private FileChannel open(Path file, StandardOpenOption how) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(folder, posix ? owners("rwx------") : NOTHING);
        return FileChannel.open(file, Set.of(how, StandardOpenOption.WRITE), posix ? owners("rw-------") : NOTHING);
    }

    private static FileAttribute<?>[] owners(String permissions) {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    /** The end of the compressed frame must not close the channel, which is forced to the disk after it. */
    private static OutputStream staysOpen(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    private void rename(Path part, Path whole) throws IOException {
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** Whether a file of that name is known. */
    boolean knows(String name) {
        return Files.exists(folder.resolve(name + MANIFEST));
    }

    /** Every file that is known, the one with the newest runs first. */
    List<Manifest> manifests() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(MANIFEST))
                    .map(ArchiveFolder::manifest)
                    .sorted(Comparator.comparing(Manifest::newest).reversed())
                    .toList();
        } catch (IOException e) {
            throw failure(folder.toString(), e);
        }
    }

    private static Manifest manifest(Path file) {
        try {
            return Manifest.read(Files.readString(file));
        } catch (IOException e) {
            throw failure(file.toString(), e);
        } catch (JsonRefusedException | IllegalArgumentException | java.time.DateTimeException damaged) {
            throw damaged(String.valueOf(file.getFileName()), damaged);
        }
    }

    /** Looks at a line. */
    interface Visitor {
        void visit(String line);
    }

    /**
     * Visits the lines of a file, after its checksum was found right.
     *
     * @throws HoldfastException ARCHIVE_DAMAGED, STORE_IO
     */
    void read(Manifest manifest, Visitor visitor) {
        Path file = folder.resolve(manifest.file());
        check(manifest, file);
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8),
                BUFFER)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                visitor.visit(line);
            }
        } catch (IOException e) {
            throw damaged(manifest.file(), e);
        }
    }

    void check(Manifest manifest, Path file) {
        MessageDigest digest = sha256();
        try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, sink);
        } catch (IOException e) {
            throw damaged(manifest.file(), e);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(manifest.sha256())) {
            throw damaged(manifest.file(), new IOException("another checksum"));
        }
    }

    /** As {@link #check(Manifest, Path)}. */
    void check(Manifest manifest) {
        check(manifest, folder.resolve(manifest.file()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static HoldfastException damaged(String file, Exception cause) {
        return new HoldfastException(
                ErrorCode.ARCHIVE_DAMAGED,
                "The file " + file + " of the archive is not what was written; put it back from a copy.",
                cause);
    }

    private static HoldfastException failure(String file, IOException cause) {
        return new HoldfastException(
                ErrorCode.STORE_IO, "The archive cannot be written or read at " + file + "; check its disk.", cause);
    }
}
