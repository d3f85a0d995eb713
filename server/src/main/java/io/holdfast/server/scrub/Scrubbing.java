package io.holdfast.server.scrub;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.config.ScrubPace;
import io.holdfast.server.metrics.ScrubMetrics;
import io.holdfast.server.system.Machine;
import io.holdfast.server.system.Repeating;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the scrub on a thread of its own, from {@link #start} until it is closed. Thread-safe. */
public final class Scrubbing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scrubbing.class);
    private static final Duration BEFORE_FIRST = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Scrub scrub;
    private final boolean wanted;
    private final Repeating repeating;

    /** A scrub that does not run yet. */
    public Scrubbing(ServerStorage storage, Machine machine, ScrubPace pace, ScrubMetrics metrics) {
        this.scrub = new Scrub(storage, machine, pace, metrics);
        this.wanted = pace.percent() > 0;
        this.repeating = new Repeating("holdfast-scrub", BEFORE_FIRST, this::step);
    }

    /** Begins, unless the pace says never. */
    public void start() {
        if (wanted) {
            repeating.start();
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
        repeating.close();
    }
}
