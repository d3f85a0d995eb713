package io.holdfast.server.system;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does one thing again and again, on a thread of its own, from {@link #start} until it is closed. Thread-safe. */
public final class Repeating implements AutoCloseable {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Duration beforeFirst;
    private final Supplier<Duration> step;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Does nothing yet.
     *
     * @param name of the thread
     * @param step says how long to rest after it; what it throws ends the thread
     */
    public Repeating(String name, Duration beforeFirst, Supplier<Duration> step) {
        this.beforeFirst = beforeFirst;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void run() {
        Duration rest = beforeFirst;
        try {
            while (!stop.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                rest = step.get();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after the step under way. Closing again does nothing. */
    @Override
    public void close() {
        stop.countDown();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
