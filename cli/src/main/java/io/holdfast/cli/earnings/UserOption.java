package io.holdfast.cli.earnings;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.earnings.EarningsManager;
import io.holdfast.earnings.EarningsOptions;
import io.holdfast.earnings.EarningsRecovery;
import io.holdfast.earnings.record.Scopes;
import io.holdfast.store.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a user and his file, of every command that works on one. */
final class UserOption {

    @Mixin
    private StoreOption store;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "Whose earnings the store keeps.")
    private String user;

    /** Whose. */
    String user() {
        return user;
    }

    /** Where they are. */
    StoreOption store() {
        return store;
    }

    /**
     * Opens the user's file, which must be there.
     *
     * @throws HoldfastException USAGE, STORE_NOT_A_STORE, STORE_OTHER_SCOPE, STORE_IN_USE, STORE_DAMAGED
     */
    EarningsManager open(Host host) {
        return open(store.file(), user, host);
    }

    /**
     * The recovery of the user's file, which must be there.
     *
     * @throws HoldfastException USAGE, STORE_NOT_A_STORE
     */
    EarningsRecovery recovery(Host host) {
        requireThere(store.file());
        requireUser(user);
        return new EarningsRecovery(store.file(), user, options(host));
    }

    /**
     * Opens a user's file, which must be there.
     *
     * @throws HoldfastException as {@link #open(Host)}
     */
    static EarningsManager open(Path file, String user, Host host) {
        requireThere(file);
        return opened(file, user, host);
    }

    private static EarningsManager opened(Path file, String user, Host host) {
        requireUser(user);
        try {
            return EarningsManager.open(file, user, options(host));
        } catch (HoldfastException failed) {
            if (failed.code() != ErrorCode.STORE_DAMAGED && failed.code() != ErrorCode.EARNINGS_STATE) {
                throw failed;
            }
            throw new HoldfastException(
                    failed.code(),
                    failed.getMessage() + " 'holdfast earnings recover " + words(file, user)
                            + "' says what is wrong, and does it.",
                    failed);
        }
    }

    private static void requireThere(Path file) {
        if (!Files.exists(file)) {
            throw new HoldfastException(
                    ErrorCode.STORE_NOT_A_STORE,
                    "There is no store at " + file + "; check the path, or make one with 'holdfast earnings init'.",
                    Map.of("file", file.toString()));
        }
    }

    /** As {@link #open(Host)}, but makes the file if it is not there. */
    EarningsManager openOrMake(Host host) {
        return opened(store.file(), user, host);
    }

    private static void requireUser(String user) {
        try {
            Scopes.of(user);
        } catch (RecordRefusedException unfit) {
            throw new HoldfastException(ErrorCode.USAGE, String.valueOf(unfit.getMessage()), unfit);
        }
    }

    /** How to name the user's file to another command. */
    String words() {
        return words(store.file(), user);
    }

    private static String words(Path file, String user) {
        return "--store " + file + " --user " + user;
    }

    private static EarningsOptions options(Host host) {
        EarningsOptions usual = EarningsOptions.defaults();
        StoreOptions store = usual.store().withClock(host.clock()).withRandom(host.random());
        return usual.withMachine(store, new HostClock(host), () -> host.machine("holdfast-earnings"));
    }
}
