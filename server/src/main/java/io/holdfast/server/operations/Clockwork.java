package io.holdfast.server.operations;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.schedule.Job;
import io.holdfast.server.schedule.Schedule;
import io.holdfast.server.system.Repeating;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due, from {@link #start} until it is closed. Runs, mails and the archive have a thread each, so that none of them
 * waits for another: an archive may take minutes, a mail server may not answer. Thread-safe.
 */
public final class Clockwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(15);
    private static final Duration WATCH_EVERY = Duration.ofMinutes(1);
    private static final Duration ARCHIVE_EVERY = Duration.ofDays(1);

    private final Operations operations;
    private final Schedule schedule;
    private final List<Repeating> hands;

    /** A clockwork that does not run yet. */
    public Clockwork(Operations operations, Schedule schedule) {
        this.operations = operations;
        this.schedule = schedule;
        this.hands = List.of(
                hand("holdfast-clockwork", this::runs),
                hand("holdfast-mailing", () -> operations.mailing().step()),
                hand("holdfast-archiving", this::archive));
    }

    private static Repeating hand(String name, Runnable work) {
        return new Repeating(name, TICK, () -> tick(work));
    }

    /** Begins. */
    public void start() {
        hands.forEach(Repeating::start);
    }

    private static Duration tick(Runnable work) {
        try {
            work.run();
            return TICK;
        } catch (HoldfastException failed) {
            LOG.atWarn().addKeyValue("code", failed.code()).log("the clockwork waits: " + failed.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("a defect of the clockwork", defect);
        }
        return AFTER_FAILURE;
    }

    private void runs() {
        schedule.step(operations.settings().version());
        every(
                "watch",
                WATCH_EVERY,
                () -> operations.alarm().watch(operations.machine().clock()));
    }

    private void archive() {
        int days = operations.settings().now().archive().afterDays();
        if (days > 0) {
            every("archive", ARCHIVE_EVERY, () -> operations.archive().step(Duration.ofDays(days)));
        }
    }

    private void every(String name, Duration pause, Runnable work) {
        InstantSource clock = operations.machine().clock();
        Job job = operations.jobs().look(name);
        Instant now = clock.instant();
        if (now.isBefore(job.dueAt()) || !operations.jobs().claim(job, pause)) {
            return;
        }
        try {
            work.run();
            operations.jobs().done(name, now.plus(pause));
        } catch (RuntimeException failed) {
            operations.jobs().failed(name, now.plus(WATCH_EVERY));
            throw failed;
        }
    }

    /** Ends after what it does just now. Closing again does nothing. */
    @Override
    public void close() {
        hands.forEach(Repeating::close);
    }
}
