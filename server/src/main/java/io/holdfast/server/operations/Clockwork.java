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
    private static final Duration LOST_EVERY = Duration.ofSeconds(5);

    /** So long a job is kept from others without a word of whoever does it. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final int WORDS = 4;

    private final Operations operations;
    private final Schedule schedule;
    private final Runnable endingLostRuns;
    private final Duration claim;
    private final List<Repeating> hands;

    /**
     * A clockwork that does not run yet.
     *
     * @param endingLostRuns those whose process went away without a word
     */
    public Clockwork(Operations operations, Schedule schedule, Runnable endingLostRuns) {
        this(operations, schedule, endingLostRuns, CLAIM);
    }

    Clockwork(Operations operations, Schedule schedule, Runnable endingLostRuns, Duration claim) {
        this.operations = operations;
        this.schedule = schedule;
        this.endingLostRuns = endingLostRuns;
        this.claim = claim;
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
        every("lost runs", LOST_EVERY, endingLostRuns);
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
        if (now.isBefore(job.dueAt()) || !operations.jobs().claim(job, claim)) {
            return;
        }
        try (Repeating word = new Repeating("holdfast-job-" + name, claim.dividedBy(WORDS), () -> keep(name))) {
            word.start();
            work.run();
            operations.jobs().done(name, now.plus(pause));
        } catch (RuntimeException failed) {
            operations.jobs().failed(name, now.plus(WATCH_EVERY));
            throw failed;
        }
    }

    /** A job that takes long stays this process's; if that is killed, the next one need not wait long. */
    private Duration keep(String name) {
        try {
            if (!operations.jobs().keep(name, claim)) {
                LOG.atWarn().addKeyValue("job", name).log("another process does it, too");
            }
        } catch (HoldfastException unreachable) {
            LOG.atWarn().addKeyValue("job", name).log("cannot be kept: " + unreachable.getMessage());
        }
        return claim.dividedBy(WORDS);
    }

    /** Ends after what it does just now. Closing again does nothing. */
    @Override
    public void close() {
        hands.forEach(Repeating::close);
    }
}
