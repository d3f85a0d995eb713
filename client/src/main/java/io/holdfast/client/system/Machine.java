package io.holdfast.client.system;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a client needs of the machine it runs on: time, chance and threads. In tests all of it is one simulated timeline.
 */
public interface Machine extends AutoCloseable {

    /** The time of day. */
    InstantSource clock();

    /** Nanoseconds from any origin, for durations; on a real machine whatever is done to the time of day. */
    default long nanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock().instant());
    }

    /** Chance, cryptographically strong outside of tests. */
    RandomGenerator random();

    /** Runs tasks one after the other, in order. What it runs may block on the disk, not on the network. */
    Executor worker();

    /** Starts a task beside all others; it may block for as long as it likes. */
    Running start(String name, Runnable task);

    /** Runs a short task after a delay, on any thread. */
    Alarm after(Duration delay, Runnable task);

    /** A task that was started. */
    @FunctionalInterface
    interface Running {
        /** Interrupts it. Does nothing if it is over. */
        void interrupt();
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Alarm {
        /** Takes it back. Does nothing if it ran already. */
        void cancel();
    }

    /** Lets the worker finish what it was given, and ends all threads. A worker that closes its own machine does not wait for itself. */
    @Override
    void close();
}
