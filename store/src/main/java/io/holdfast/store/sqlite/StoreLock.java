package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Keeps other processes, and other openings in this one, away from a store: a lock on {@code FILE.lock}. The operating
 * system gives it up when the process ends, however it ends; the empty file stays.
 */
public final class StoreLock implements AutoCloseable {

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws HoldfastException STORE_IN_USE if somebody has it, STORE_IO if the folder cannot be written
     */
    public static StoreLock take(Path file) {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(
                    lockFile,
                    java.util.Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.attributes(lockFile));
            try {
                if (channel.tryLock() != null) {
                    return new StoreLock(channel);
                }
            } catch (OverlappingFileLockException inThisProcess) {
                // Falls through: as much in use as by another process.
            }
            channel.close();
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.STORE_IO,
                    "The store " + file.getFileName()
                            + " cannot be opened: its folder is missing or may not be written.",
                    e);
        }
        throw new HoldfastException(
                ErrorCode.STORE_IN_USE,
                "The store " + file.getFileName() + " is open already. Close the program that uses it.",
                Map.of("file", file.toString()));
    }

    /** Gives it up. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_IO, "The store's lock could not be given up.", e);
        }
    }
}
