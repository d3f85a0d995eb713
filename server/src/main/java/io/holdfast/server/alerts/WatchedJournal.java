package io.holdfast.server.alerts;

import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.Verification;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal, after whose last entry of a run others look at it: alerts, figures. What they fail at never fails the run. Thread-safe. */
public final class WatchedJournal implements RunJournal {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedJournal.class);

    private final RunJournal journal;
    private final List<Consumer<RunId>> watchers;

    /** That journal, with those who look at runs that have ended. */
    public WatchedJournal(RunJournal journal, List<Consumer<RunId>> watchers) {
        this.journal = journal;
        this.watchers = List.copyOf(watchers);
    }

    @Override
    public void started(RunStart start) {
        journal.started(start);
    }

    @Override
    public void record(RunId run, RecordFate fate) {
        journal.record(run, fate);
    }

    @Override
    public void unchanged(RunId run, long records) {
        journal.unchanged(run, records);
    }

    @Override
    public void error(RunId run, RunError error) {
        journal.error(run, error);
    }

    @Override
    public void recovery(RunId run, Recovery recovery) {
        journal.recovery(run, recovery);
    }

    @Override
    public void phase(RunId run, Phase phase, Duration took, long records) {
        journal.phase(run, phase, took, records);
    }

    @Override
    public void progress(RunId run, Progress progress) {
        journal.progress(run, progress);
    }

    @Override
    public void verified(RunId run, Verification verification) {
        journal.verified(run, verification);
    }

    @Override
    public void ended(RunId run, RunOutcome outcome) {
        journal.ended(run, outcome);
        for (Consumer<RunId> watcher : watchers) {
            try {
                watcher.accept(run);
            } catch (RuntimeException failed) {
                LOG.atError().setCause(failed).addKeyValue("run", run).log("what follows a run was not done");
            }
        }
    }
}
