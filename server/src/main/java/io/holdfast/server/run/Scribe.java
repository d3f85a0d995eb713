package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.run.write.Attempts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one run's journal. A database that does not answer is asked again, as for everything else; what is collected is kept
 * meanwhile. Not thread-safe.
 */
final class Scribe {

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private final RunJournal journal;
    private final RunId run;
    private final RunListener listener;
    private final Attempts attempts;
    private Phase phase = Phase.FETCH;
    private long shown;
    private final Deque<Recovery> recoveries = new ArrayDeque<>();

    Scribe(RunTools tools, RunId run, RunListener listener) {
        this.journal = tools.journal();
        this.run = run;
        this.listener = listener;
        this.attempts = new Attempts(
                Attempts.FIRST_PAUSE,
                Attempts.REPETITIONS,
                tools.pause(),
                (failure, attempt) -> LOG.warn("run {}: {} Trying again.", run, failure.getMessage()));
    }

    void started(RunStart start) {
        durably(() -> journal.started(start));
    }

    /** A run of which nothing more will be heard; one that was gone before its first word is not in the journal. */
    void interrupted(RunId other) {
        try {
            durably(() -> journal.ended(other, new RunOutcome(RunStatus.INTERRUPTED, "")));
        } catch (HoldfastException failure) {
            if (failure.code() != ErrorCode.NOT_FOUND) {
                throw failure;
            }
        }
    }

    void enter(Phase next) {
        phase = next;
        shown = 0;
        progress(0, Progress.UNKNOWN);
    }

    Phase phase() {
        return phase;
    }

    void leave(Duration took, long records) {
        durably(() -> journal.phase(run, phase, took, records));
    }

    /** Every few hundred records is often enough. */
    void progress(long done, long total) {
        if (done == 0 || done - shown >= 500 || done == total) {
            shown = done;
            Progress progress = new Progress(phase, done, total);
            collected(() -> journal.progress(run, progress));
            listener.progress(run, progress);
        }
    }

    void fate(RecordFate fate) {
        collected(() -> journal.record(run, fate));
    }

    void unchanged(long records) {
        collected(() -> journal.unchanged(run, records));
    }

    void failed(long row, String key, String code, String sentence, ErrorCategory category) {
        fate(new RecordFate(row, key, Fate.FAILED, code, sentence));
        error(row, key, code, sentence, category);
    }

    void error(long row, String key, String code, String sentence, ErrorCategory category) {
        collected(() -> journal.error(run, new RunError(phase, category, code, sentence, row, key, 1, "")));
    }

    void error(HoldfastException failure, int attempt) {
        RunError error = new RunError(
                phase,
                ErrorCategory.of(failure.code()),
                failure.code().name(),
                String.valueOf(failure.getMessage()),
                0,
                "",
                attempt,
                String.valueOf(failure.getCause() == null ? "" : failure.getCause()));
        LOG.warn("run {}: {}: {}", run, phase, failure.getMessage());
        collected(() -> journal.error(run, error));
    }

    /** Written down with the next word that has to be durable: the database may be what has to recover. */
    void recovery(Recovery.Action action, int attempt, String detail) {
        LOG.info("run {}: {}: {}: {}", run, phase, action, detail);
        recoveries.add(new Recovery(action, phase, attempt, detail));
    }

    private void flush() {
        while (!recoveries.isEmpty()) {
            Recovery next = recoveries.getFirst();
            attempts.of(() -> {
                journal.recovery(run, next);
                return true;
            });
            recoveries.removeFirst();
        }
    }

    void verified(Verification verification) {
        durably(() -> journal.verified(run, verification));
    }

    void ended(RunOutcome outcome) {
        durably(() -> journal.ended(run, outcome));
    }

    private void durably(Runnable word) {
        flush();
        attempts.of(() -> {
            word.run();
            return true;
        });
    }

    /** The journal keeps what it could not write, and writes it with the next word; durable words are tried again. */
    private void collected(Runnable word) {
        try {
            word.run();
        } catch (HoldfastException failure) {
            if (!Attempts.passing(failure)) {
                throw failure;
            }
            LOG.warn("run {}: the journal waits: {}", run, failure.getMessage());
        }
    }
}
