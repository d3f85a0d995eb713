package io.holdfast.client.system;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The machine this runs on: one platform thread as the worker, because the calls into SQLite would hold the carrier of a
 * virtual one; virtual threads for whatever waits for the network. No thread of it keeps the program alive. Thread-safe.
 */
public final class SystemMachine implements Machine {

    private final InstantSource clock;
    private final RandomGenerator random;
    private final ExecutorService worker;
    private final ScheduledThreadPoolExecutor alarms;
    private final String name;
    private final ThreadLocal<Boolean> isWorker = ThreadLocal.withInitial(() -> false);

    /** @param name shows in the names of threads */
    public SystemMachine(String name) {
        this(name, InstantSource.system(), new SecureRandom());
    }

    /**
     * The threads of this machine by another's time, so that a store and its client never disagree about it.
     *
     * @param name shows in the names of threads
     * @param clock the time of day; spans are measured by the machine's own
     * @param random cryptographically strong outside of tests
     */
    public SystemMachine(String name, InstantSource clock, RandomGenerator random) {
        this.name = name;
        this.clock = clock;
        this.random = random;
        ThreadFactory threads =
                Thread.ofPlatform().name(name + "-worker").daemon(true).factory();
        worker = Executors.newSingleThreadExecutor(task -> threads.newThread(() -> {
            isWorker.set(true);
            task.run();
        }));
        alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name + "-alarm").daemon(true).factory());
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Executor worker() {
        return worker;
    }

    @Override
    public Running start(String task, Runnable body) {
        return Thread.ofVirtual().name(name + "-" + task).start(body)::interrupt;
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future =
                    alarms.schedule(task, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            // Nobody is left to be woken.
            return () -> {};
        }
    }

    @Override
    public void close() {
        if (isWorker.get()) {
            worker.shutdown();
        } else {
            worker.close();
        }
        alarms.shutdownNow();
    }
}
