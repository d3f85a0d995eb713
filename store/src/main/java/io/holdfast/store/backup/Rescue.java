package io.holdfast.store.backup;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Schema;
import io.holdfast.store.RecordIdSource;
import io.holdfast.store.StoreOptions;
import io.holdfast.store.sqlite.DurableFiles;
import io.holdfast.store.sqlite.OnlineCopy;
import io.holdfast.store.sqlite.Opening;
import io.holdfast.store.sqlite.Salvage;
import io.holdfast.store.sqlite.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts a sound store in the place of a damaged one, which is kept under another name. Until the sound one is complete the
 * damaged one is not touched. Thread-safe.
 *
 * @param options how the store is opened
 */
public record Rescue(StoreOptions options) {

    /**
     * A store that was rebuilt.
     *
     * @param aside where the damaged file is now
     */
    public record Rescued(Salvage.Saved saved, Optional<Path> aside) {}

    /**
     * Rebuilds a store from what can still be read of its file; the next exchange finds what is missing and brings it.
     *
     * @param schema for a file that does not tell its own any more
     * @param person who decided it
     * @throws HoldfastException STORE_DAMAGED if nothing can be read, STORE_OTHER_SCOPE, STORE_IN_USE, STORE_FULL, STORE_IO
     */
    public Rescued keepReadable(Path file, Schema schema, String scope, String person) {
        Path rebuilt = file.resolveSibling(file.getFileName() + ".salvaged");
        long incarnation = options.random().nextLong() | 1;
        String replica = new RecordIdSource(options.clock(), options.random()).next();
        Opening opening = new Opening(Optional.of(schema), Optional.of(scope), replica, incarnation);
        try (StoreLock lock = StoreLock.take(file)) {
            try {
                clear(rebuilt);
                Salvage.Saved saved = Salvage.copy(
                        file, rebuilt, opening, person, options.clock().millis());
                return new Rescued(saved, swap(file, rebuilt));
            } finally {
                clear(rebuilt);
            }
        } catch (IOException failed) {
            throw failed(file, failed);
        }
    }

    /**
     * Puts a closed store in the place of another.
     *
     * @return where the other is now, if there was one
     * @throws HoldfastException STORE_IN_USE, STORE_FULL, STORE_IO
     */
    public Optional<Path> replace(Path file, Path sound) {
        try (StoreLock lock = StoreLock.take(file)) {
            return swap(file, sound);
        } catch (IOException failed) {
            throw failed(file, failed);
        }
    }

    private Optional<Path> swap(Path file, Path sound) throws IOException {
        OnlineCopy.inOneFile(sound);
        Optional<Path> aside = Aside.keep(file, options.clock().instant());
        DurableFiles.rename(sound, file);
        return aside;
    }

    /** Removes a store that was not finished, with all that stands beside it. */
    public static void clear(Path unfinished) throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm", "-journal", ".lock", ".new"}) {
            Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + suffix));
        }
    }

    private static HoldfastException failed(Path file, IOException why) {
        return new HoldfastException(
                ErrorCode.STORE_IO,
                "The store " + file.getFileName() + " could not be replaced. Check its folder and the free space.",
                why);
    }
}
