package io.holdfast.server.foreign;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.system.Machine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for writes of other programs every second, and takes them in within half of the time, on a thread of its own from
 * {@link #start} until it is closed. Looks instead of being woken: a notification would make all commits of other programs wait
 * for one lock. Thread-safe.
 */
public final class Folding implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Folding.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Folder folder;
    private final Machine machine;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** Does nothing yet. */
    public Folding(Folder folder, Machine machine) {
        this.folder = folder;
        this.machine = machine;
        this.thread = Thread.ofVirtual().name("holdfast-folder").unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void run() {
        Duration rest = PAUSE;
        try {
            while (!stop.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                rest = step();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration step() {
        long start = machine.ticker().read();
        try {
            boolean more = folder.step();
            return more ? Duration.ofNanos(machine.ticker().read() - start) : PAUSE;
        } catch (HoldfastException failed) {
            LOG.atWarn()
                    .addKeyValue("code", failed.code())
                    .log("writes of other programs wait: " + failed.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("a defect of the folder; it goes on", defect);
        }
        return AFTER_FAILURE;
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
