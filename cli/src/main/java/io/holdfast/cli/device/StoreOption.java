package io.holdfast.cli.device;

import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that names a device's store, of every command that works on one. */
public final class StoreOption {

    @Option(names = "--store", required = true, paramLabel = "FILE", description = "The device's store.")
    private Path file;

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** How stores are opened on this machine. */
    public static StoreOptions options(Host host) {
        return StoreOptions.defaults().withClock(host.clock()).withRandom(host.random());
    }

    /**
     * Opens the store, which must be there.
     *
     * @throws HoldfastException STORE_NOT_A_STORE, STORE_IN_USE, STORE_DAMAGED, STORE_IO, STORE_FULL
     */
    public Store open(Host host) {
        if (!Files.exists(file)) {
            throw new HoldfastException(
                    ErrorCode.STORE_NOT_A_STORE,
                    "There is no store at " + file + "; check the path, or make one with 'holdfast device init'.",
                    Map.of("file", file.toString()));
        }
        return Store.open(file, options(host));
    }
}
