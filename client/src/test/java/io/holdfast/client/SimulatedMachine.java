package io.holdfast.client;

import io.holdfast.client.system.Machine;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** A machine whose threads are events of one simulated timeline. */
public final class SimulatedMachine implements Machine {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T08:00:00Z"));
    private final RandomGenerator random;

    /** A machine that draws its chance from a seed. */
    public SimulatedMachine(long seed) {
        random = new SeededRandom(seed);
    }

    /** The timeline. */
    public VirtualTime time() {
        return time;
    }

    @Override
    public InstantSource clock() {
        return time;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Executor worker() {
        return time;
    }

    @Override
    public Running start(String name, Runnable task) {
        VirtualTime.Event event = time.after(Duration.ZERO, task);
        return event::cancel;
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        VirtualTime.Event event = time.after(delay, task);
        return event::cancel;
    }

    @Override
    public void close() {}
}
