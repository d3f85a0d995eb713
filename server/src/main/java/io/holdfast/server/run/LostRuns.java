package io.holdfast.server.run;

import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.storage.sql.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs whose process went away without a word: the journal says that they run, but their lease is over. Whoever looks ends them
 * there. Thread-safe; several processes may look at once, and each run ends once.
 */
public final class LostRuns {

    private static final Logger LOG = LoggerFactory.getLogger(LostRuns.class);

    private final Leases leases;
    private final RunJournal journal;
    private final Predicate<RunId> working;

    /**
     * Those of a database.
     *
     * @param looking the process that looks
     * @param journal of that database
     */
    public LostRuns(Database database, InstantSource clock, Holder looking, RunJournal journal) {
        this(new Leases(database, clock, looking), journal, run -> false);
    }

    /** @param working runs that this very process works on, even if it slept for longer than a lease */
    LostRuns(Leases leases, RunJournal journal, Predicate<RunId> working) {
        this.leases = leases;
        this.journal = journal;
        this.working = working;
    }

    /**
     * Writes down that they were broken off, and says which. Before that their holders lose the right to write, in case one of them
     * only slept; after a crash in between, the next look finds the run again.
     */
    public List<RunId> end() {
        List<RunId> lost = leases.over().stream()
                .filter(over -> !working.test(over.run()) && leases.revoke(over))
                .map(Leases.Over::run)
                .toList();
        for (RunId run : lost) {
            LOG.warn("run {}: its process is gone; the next run of its target carries on", run);
            journal.ended(run, new RunOutcome(RunStatus.INTERRUPTED, ""));
        }
        return lost;
    }
}
