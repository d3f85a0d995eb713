package io.holdfast.store;

import io.holdfast.store.sqlite.SqliteOptions;
import io.holdfast.store.system.SystemSources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How a store is opened.
 *
 * @param file how its file is used
 * @param clock gives stamps their time, and ids theirs
 * @param random draws ids and incarnations; must be unforeseeable outside of tests
 * @param transactionTimeout how long the body of a {@link Store#transaction} may take, since it keeps others from writing
 */
public record StoreOptions(
        SqliteOptions file, InstantSource clock, RandomGenerator random, Duration transactionTimeout) {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    /** Refuses a timeout that is not positive. */
    public StoreOptions {
        if (!transactionTimeout.isPositive()) {
            throw new IllegalArgumentException("a timeout is positive");
        }
    }

    /** The machine's clock and randomness, 5 s for a transaction, and {@link SqliteOptions#defaults}. */
    public static StoreOptions defaults() {
        return new StoreOptions(
                SqliteOptions.defaults(), SystemSources.clock(), SystemSources.random(), TRANSACTION_TIMEOUT);
    }

    /** The same with another use of the file. */
    public StoreOptions withFile(SqliteOptions next) {
        return new StoreOptions(next, clock, random, transactionTimeout);
    }

    /** The same, checking so much of the file when it is opened. */
    public StoreOptions withCheck(SqliteOptions.Check check) {
        return withFile(file.withCheck(check));
    }

    /** The same with another clock. */
    public StoreOptions withClock(InstantSource next) {
        return new StoreOptions(file, next, random, transactionTimeout);
    }

    /** The same with another source of randomness. */
    public StoreOptions withRandom(RandomGenerator next) {
        return new StoreOptions(file, clock, next, transactionTimeout);
    }

    /** The same with another time limit of transactions. */
    public StoreOptions withTransactionTimeout(Duration next) {
        return new StoreOptions(file, clock, random, next);
    }
}
