package io.holdfast.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there in whole or not at all, and that only their owner reads. Stateless. */
public final class DurableFiles {

    private DurableFiles() {}

    /** Makes an empty file that only its owner reads, in the place of whatever an earlier attempt has left. */
    public static void createAnew(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, OwnerOnly.attributes(file));
    }

    /** Gives a finished file its name, in the place of what bears it, and returns once that is on the disk. */
    public static void rename(Path finished, Path file) throws IOException {
        Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(file);
    }

    /** A rename is durable only once the folder is; where folders cannot be opened the system sees to it itself. */
    static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
