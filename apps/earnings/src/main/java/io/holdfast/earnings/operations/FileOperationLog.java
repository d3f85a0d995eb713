package io.holdfast.earnings.operations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON an entry, in a file that is its owner's alone; beside a database, not in it, so that a failure of the database
 * can be written down. When the file is full it becomes the older half ({@code .1}), and the older half before it is given up. An
 * entry is written when {@link #append} returns, and survives the process; a power cut may take the last ones. Thread-safe; for one
 * process at a time.
 */
public final class FileOperationLog implements OperationLog {

    /** Bytes of one half on a device: some weeks. */
    public static final long DEVICE_BYTES_MAX = 4L << 20;

    /** Bytes of one half on a server: about 300,000 messages. */
    public static final long SERVER_BYTES_MAX = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileOperationLog.class);

    private final Path file;
    private final Path older;
    private final long halfBytesMax;
    private boolean failing;

    /**
     * The log in a file, which is made when there is something to write.
     *
     * @param halfBytesMax how large it may grow before it is begun anew
     */
    public FileOperationLog(Path file, long halfBytesMax) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.halfBytesMax = halfBytesMax;
    }

    @Override
    public synchronized void append(LogEntry entry) {
        try {
            write((LogJson.write(entry) + '\n').getBytes(StandardCharsets.UTF_8));
            failing = false;
        } catch (IOException | RuntimeException unwritten) {
            if (!failing) {
                failing = true;
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .setCause(unwritten)
                        .log("the log of operations cannot be written");
            }
        }
    }

    private void write(byte[] line) throws IOException {
        boolean there = Files.exists(file);
        Path folder = file.getParent();
        if (!there && folder != null) {
            Files.createDirectories(folder);
        }
        if (there && Files.size(file) + line.length > halfBytesMax) {
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            there = false;
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            if (!there) {
                ownersAlone();
            }
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private void ownersAlone() throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (UnsupportedOperationException otherSystem) {
            // There the folder's rights must do.
        }
    }

    /** Visits what was written when it is called; what is added or given up meanwhile may be left out. */
    @Override
    public void each(Consumer<LogEntry> visitor) {
        read(older, visitor);
        read(file, visitor);
    }

    private static void read(Path half, Consumer<LogEntry> visitor) {
        if (!Files.exists(half)) {
            return;
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(half), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LogJson.read(line).ifPresent(visitor);
            }
        } catch (IOException unreadable) {
            LOG.atWarn().addKeyValue("file", half).setCause(unreadable).log("the log of operations cannot be read");
        }
    }

    @Override
    public void close() {}
}
