package io.holdfast.simulation.world;

import io.holdfast.core.local.DeviceState;
import io.holdfast.core.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the stores of one world, in memory or in files of a folder of its own, which goes with it. Not thread-safe. */
final class Stores implements AutoCloseable {

    private final Optional<Path> folder;
    private final List<DeviceStore> open = new ArrayList<>();

    private Stores(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Stores in memory. */
    static Stores inMemory() {
        return new Stores(Optional.empty());
    }

    /** Stores in SQLite files. */
    static Stores inFiles() {
        try {
            return new Stores(Optional.of(Files.createTempDirectory("holdfast-world")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The empty store of a device. */
    DeviceStore fresh(Schema schema, DeviceState device) {
        return folder.<DeviceStore>map(files -> SqliteStore.of(files, schema, device, this))
                .orElseGet(() -> MemoryStore.of(device));
    }

    /** A store will be closed with the world, if not before. */
    void opened(DeviceStore store) {
        open.add(store);
    }

    /** Closes every store, and removes their files. */
    @Override
    public void close() {
        open.forEach(DeviceStore::close);
        folder.ifPresent(Stores::remove);
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
