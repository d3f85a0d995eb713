package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.run.lease.Lease;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.run.lease.RunStop;
import io.holdfast.server.run.write.Attempts;
import io.holdfast.server.storage.sql.Database;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where runs begin, and are cancelled, whichever process they are in. Thread-safe.
 *
 * <p>A run of a target that was killed leaves whole records, and a lease. The next run of the target takes the lease over, writes
 * down what has become of the other, and carries it on: what that had written is found to be there by comparing, and not
 * written again.
 */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Database database;
    private final RunTools tools;
    private final RunListener listener;
    private final Leases leases;
    private final LostRuns lost;
    private final Map<RunId, RunStop> here = new ConcurrentHashMap<>();

    /**
     * Runs of one process.
     *
     * @param database of targets and leases; its owner closes it
     * @param holder the process, to others
     * @param listener hears of all of them
     */
    public Runs(Database database, Holder holder, RunTools tools, RunListener listener) {
        this.database = database;
        this.tools = tools;
        this.listener = listener;
        this.leases = new Leases(database, tools.machine().clock(), holder);
        this.lost = new LostRuns(leases, tools.journal(), here::containsKey);
    }

    /**
     * Takes a target for a run, which the caller then lets run, or abandons.
     *
     * @throws HoldfastException RUN_ACTIVE, with the id of the run that has the target as {@code run} in its context;
     *     DATABASE_UNREACHABLE and the like
     */
    public ClaimedRun claim(RunRequest request) {
        RunId run = RunId.next(tools.machine().clock(), tools.machine().random());
        Attempts attempts = new Attempts(
                Attempts.FIRST_PAUSE,
                tools.recovers().getAsBoolean() ? Attempts.REPETITIONS : 0,
                tools.pause(),
                (failure, attempt) -> LOG.warn("{} Trying again.", failure.getMessage()));
        Lease lease = attempts.of(() -> {
            lost.end();
            return leases.take(request.target(), run);
        });
        RunStop stop = new RunStop();
        here.put(run, stop);
        return new ClaimedRun(tools, database, leases, lease, request, stop, listener, () -> here.remove(run));
    }

    /** Ends the runs of other processes that went away without a word, see {@link LostRuns}. */
    public void endLost() {
        lost.end();
    }

    /**
     * Ends a run as soon as its present batch is written or given up; if another process has it, within some seconds.
     *
     * @param by who wants it
     * @throws HoldfastException NOT_FOUND if no process works on such a run
     */
    public void cancel(RunId run, String by) {
        RunStop stop = here.get(run);
        if (stop != null) {
            // Nobody else has to be asked: a process that stops must not wait for a database that is away.
            stop.cancel(by);
        } else if (!leases.askToCancel(run, by)) {
            throw new HoldfastException(
                    ErrorCode.NOT_FOUND, "No process works on a run " + run + "; see which runs there are.");
        }
    }
}
