package io.holdfast.server.schedule;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.settings.Cron;
import io.holdfast.server.settings.RecoverySettings;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SourceSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When configured sources run by the clock, and when a run that left records out is repeated; of all processes one starts each.
 * Thread-safe.
 */
public final class Schedule {

    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final RunLog log;
    private final Starting starting;
    private final InstantSource clock;

    /** Starts a run. */
    @FunctionalInterface
    public interface Starting {
        /** @throws HoldfastException RUN_ACTIVE if one works on the target already; and why it cannot be started */
        void start(SourceSettings source, Cause cause, String by);
    }

    /** A schedule over the jobs of a database. */
    public Schedule(Jobs jobs, RunLog log, Starting starting, InstantSource clock) {
        this.jobs = jobs;
        this.log = log;
        this.starting = starting;
        this.clock = clock;
    }

    /** Starts what is due. */
    public void step(SettingsVersion settings) {
        for (SourceSettings source : settings.settings().sources()) {
            if (source.scheduled()) {
                periodic(source, settings.at());
            }
            retry(source, settings.settings().recovery());
        }
    }

    private void periodic(SourceSettings source, Instant configuredAt) {
        Job job = jobs.look("source:" + source.name());
        Optional<Instant> due = due(source, job, configuredAt);
        if (due.isPresent() && !clock.instant().isBefore(due.get())) {
            claimed(job, name -> start(source, Cause.SCHEDULED, name));
        }
    }

    /** The next point of a source; the first of an interval is at once. */
    static Optional<Instant> due(SourceSettings source, Job job, Instant configuredAt) {
        if (!source.cron().isEmpty()) {
            Instant since = job.lastAt().filter(configuredAt::isBefore).orElse(configuredAt);
            return Cron.parse(source.cron()).after(since);
        }
        return Optional.of(job.lastAt()
                .map(last -> last.plus(Duration.ofMinutes(source.intervalMinutes())))
                .orElse(Instant.EPOCH));
    }

    /** Records may have failed for a reason that passes: once more after some minutes, and then not until the source runs again. */
    private void retry(SourceSettings source, RecoverySettings recovery) {
        if (!recovery.enabled() || recovery.retryFailedMinutes() == 0) {
            return;
        }
        Optional<Instant> due = log.last(source.scope(), source.name(), Set.of())
                .filter(run -> run.status() == RunStatus.PARTIAL || run.status() == RunStatus.FAILED)
                .filter(run -> run.start().cause() != Cause.RETRY)
                .filter(run -> run.counts().of(Fate.FAILED) > 0)
                .flatMap(Run::endedAt)
                .map(ended -> ended.plus(Duration.ofMinutes(recovery.retryFailedMinutes())));
        if (due.isEmpty() || clock.instant().isBefore(due.get())) {
            return;
        }
        Job job = jobs.look("retry:" + source.name());
        if (job.lastAt().map(due.get()::isAfter).orElse(true)) {
            claimed(job, name -> start(source, Cause.RETRY, name));
        }
    }

    private void claimed(Job job, Consumer<String> work) {
        if (jobs.claim(job, CLAIM)) {
            work.accept(job.name());
        }
    }

    private void start(SourceSettings source, Cause cause, String job) {
        try {
            starting.start(source, cause, AuditEntry.HOLDFAST);
        } catch (HoldfastException refused) {
            if (refused.code() != ErrorCode.RUN_ACTIVE) {
                LOG.atWarn()
                        .addKeyValue("source", source.name())
                        .addKeyValue("code", refused.code())
                        .log("a scheduled run did not begin: " + refused.getMessage());
                jobs.failed(job, clock.instant().plus(AFTER_FAILURE));
                return;
            }
        }
        jobs.done(job, clock.instant());
    }
}
