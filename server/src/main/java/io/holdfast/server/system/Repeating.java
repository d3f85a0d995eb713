package io.holdfast.server.system;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again, on a thread of its own, from {@link #start} until it is closed. Thread-safe. */
public final class Repeating implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);
    private static final Duration AFTER_DEFECT = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Duration beforeFirst;
    private final Duration afterDefect;
    private final Supplier<Duration> step;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Does nothing yet.
     *
     * @param name of the thread
     * @param step says how long to rest after it; after one that throws anything, memory running out included, it rests a minute
     */
    public Repeating(String name, Duration beforeFirst, Supplier<Duration> step) {
        this(name, beforeFirst, AFTER_DEFECT, step);
    }

    Repeating(String name, Duration beforeFirst, Duration afterDefect, Supplier<Duration> step) {
        this.beforeFirst = beforeFirst;
        this.afterDefect = afterDefect;
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
                rest = next();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** The top of the thread: a server that lives on without its clockwork or its folder would look well and do nothing. */
    private Duration next() {
        try {
            return step.get();
        } catch (RuntimeException | Error defect) {
            LOG.error("a defect of {}; it goes on", thread.getName(), defect);
            return afterDefect;
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
