package io.holdfast.server.scrub;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.config.ScrubPace;
import io.holdfast.server.metrics.ScrubMetrics;
import io.holdfast.server.system.Machine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the scrub on a thread of its own, from {@link #start} until it is closed. Thread-safe. */
public final class Scrubbing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scrubbing.class);
    private static final Duration BEFORE_FIRST = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Scrub scrub;
    private final boolean wanted;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** A scrub that does not run yet. */
    public Scrubbing(ServerStorage storage, Machine machine, ScrubPace pace, ScrubMetrics metrics) {
        this.scrub = new Scrub(storage, machine, pace, metrics);
        this.wanted = pace.percent() > 0;
        this.thread = Thread.ofVirtual().name("holdfast-scrub").unstarted(this::run);
    }

    /** Begins, unless the pace says never. */
    public void start() {
        if (wanted) {
            thread.start();
        }
    }

    private void run() {
        Duration rest = BEFORE_FIRST;
        try {
            while (!stop.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                rest = step();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration step() {
        try {
            return scrub.step();
        } catch (HoldfastException failed) {
            LOG.atWarn().addKeyValue("code", failed.code()).log("the scrub waits: " + failed.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("a defect of the scrub; it begins the scope anew", defect);
        }
        scrub.startOver();
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
