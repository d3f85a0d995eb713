package io.holdfast.earnings;

import io.holdfast.client.system.Machine;
import io.holdfast.client.system.SystemMachine;
import io.holdfast.earnings.clock.ClockSource;
import io.holdfast.earnings.system.MachineClock;
import io.holdfast.store.StoreOptions;
import io.holdfast.store.sqlite.SqliteOptions;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a user's earnings are kept on a device.
 *
 * @param storeEvery how old the stored claim may grow while a session runs and the server is there; below a minute, so that the
 *     server has what was reckoned within a minute
 * @param storeEveryOffline the same while it is not there; what is not stored follows from what is
 * @param tellEvery least time between two calls of a listener
 * @param syncTimeout how long a sync on demand may take
 * @param store how the file is opened
 * @param clock the machine's clocks
 * @param keeping how much of the past is kept
 * @param machine makes threads and alarms; once for the manager, once for each connection
 */
public record EarningsOptions(
        Duration storeEvery,
        Duration storeEveryOffline,
        Duration tellEvery,
        Duration syncTimeout,
        StoreOptions store,
        ClockSource clock,
        Supplier<Machine> machine,
        Keeping keeping) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Refuses what could not keep its promises. */
    public EarningsOptions {
        if (!storeEvery.isPositive()
                || storeEvery.compareTo(MINUTE) >= 0
                || storeEveryOffline.compareTo(storeEvery) < 0
                || !tellEvery.isPositive()
                || !syncTimeout.isPositive()) {
            throw new IllegalArgumentException("periods are positive, and claims are stored every minute at least");
        }
    }

    /**
     * Stored every 30 s, away from the server every ten minutes; told once a second, half a minute for a sync; every page of the
     * file is checked when it is opened.
     */
    public static EarningsOptions defaults() {
        return new EarningsOptions(
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                StoreOptions.defaults().withCheck(SqliteOptions.Check.QUICK),
                new MachineClock(),
                () -> new SystemMachine("holdfast-earnings"),
                Keeping.defaults());
    }

    /** The same on another machine. */
    public EarningsOptions withMachine(StoreOptions nextStore, ClockSource nextClock, Supplier<Machine> nextMachine) {
        return new EarningsOptions(
                storeEvery, storeEveryOffline, tellEvery, syncTimeout, nextStore, nextClock, nextMachine, keeping);
    }

    /** The same, keeping another part of the past. */
    public EarningsOptions withKeeping(Keeping next) {
        return new EarningsOptions(storeEvery, storeEveryOffline, tellEvery, syncTimeout, store, clock, machine, next);
    }
}
