package io.holdfast.earnings;

import io.holdfast.client.system.Machine;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Threads and alarms as events of one simulated timeline, until it is closed. */
final class TestMachine implements Machine {

    private final VirtualTime time;
    private final InstantSource clock;
    private final RandomGenerator random;
    private boolean closed;

    TestMachine(VirtualTime time, InstantSource clock, RandomGenerator random) {
        this.time = time;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Executor worker() {
        return task -> time.execute(() -> unlessClosed(task));
    }

    @Override
    public Running start(String name, Runnable task) {
        return time.at(time.instant(), () -> unlessClosed(task))::cancel;
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        return time.after(delay, () -> unlessClosed(task))::cancel;
    }

    private void unlessClosed(Runnable task) {
        if (!closed) {
            task.run();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
