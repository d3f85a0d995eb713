package io.holdfast.client;

import io.holdfast.client.system.Machine;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** A machine whose threads are events of one simulated timeline: a task that is started takes no time, but happens later. */
public final class SimulatedMachine implements Machine {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T08:00:00Z"));
    private final RandomGenerator random;
    private final Duration start;
    private Duration clockError = Duration.ZERO;

    /**
     * A machine that draws its chance from a seed.
     *
     * @param start how long a task takes to begin
     */
    public SimulatedMachine(long seed, Duration start) {
        this.random = new SeededRandom(seed);
        this.start = start;
    }

    /** The timeline. */
    public VirtualTime time() {
        return time;
    }

    /** Sets the clock wrong, as people do; the timeline goes on. */
    public void misset(Duration error) {
        clockError = error;
    }

    @Override
    public InstantSource clock() {
        return () -> time.instant().plus(clockError);
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
        VirtualTime.Event event = time.after(start, task);
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
