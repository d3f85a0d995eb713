package io.holdfast.cli.system;

import io.holdfast.client.system.Machine;
import io.holdfast.client.system.SystemMachine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** The threads of this machine by the host's clock, so that a store and its client never disagree about the time. */
public final class ClientMachine implements Machine {

    private final Machine threads;
    private final Host host;

    /** @param name shows in the names of threads */
    public ClientMachine(String name, Host host) {
        this.threads = new SystemMachine(name);
        this.host = host;
    }

    @Override
    public InstantSource clock() {
        return host.clock();
    }

    @Override
    public long nanos() {
        return threads.nanos();
    }

    @Override
    public RandomGenerator random() {
        return host.random();
    }

    @Override
    public Executor worker() {
        return threads.worker();
    }

    @Override
    public Running start(String name, Runnable task) {
        return threads.start(name, task);
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        return threads.after(delay, task);
    }

    @Override
    public void close() {
        threads.close();
    }
}
