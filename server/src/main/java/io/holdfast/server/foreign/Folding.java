package io.holdfast.server.foreign;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.system.Machine;
import io.holdfast.server.system.Repeating;
import java.time.Duration;
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

    /** Looking at what cannot be taken in is worth a tenth of the time. */
    private static final int PASSING_REST = 9;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Folder folder;
    private final Machine machine;
    private final Repeating repeating;

    /** Does nothing yet. */
    public Folding(Folder folder, Machine machine) {
        this.folder = folder;
        this.machine = machine;
        this.repeating = new Repeating("holdfast-folder", PAUSE, this::step);
    }

    /** Begins. */
    public void start() {
        repeating.start();
    }

    private Duration step() {
        long start = machine.ticker().read();
        try {
            Folder.Outcome outcome = folder.step();
            Duration took = Duration.ofNanos(machine.ticker().read() - start);
            return switch (outcome) {
                case FOLDED -> took;
                case PASSED_OVER -> took.multipliedBy(PASSING_REST);
                case IDLE -> PAUSE;
            };
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
        repeating.close();
    }
}
