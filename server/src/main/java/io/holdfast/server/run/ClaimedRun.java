package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.run.lease.Lease;
import io.holdfast.server.run.lease.LeaseKeeper;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.run.lease.RunStop;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.sources.mapping.RowCounts;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that has its target for itself and may begin. For one thread. */
public final class ClaimedRun {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedRun.class);

    private final RunTools tools;
    private final Database database;
    private final Leases leases;
    private final Lease lease;
    private final RunRequest request;
    private final RunStop stop;
    private final RunListener listener;
    private final Runnable forget;

    ClaimedRun(
            RunTools tools,
            Database database,
            Leases leases,
            Lease lease,
            RunRequest request,
            RunStop stop,
            RunListener listener,
            Runnable forget) {
        this.tools = tools;
        this.database = database;
        this.leases = leases;
        this.lease = lease;
        this.request = request;
        this.stop = stop;
        this.listener = listener;
        this.forget = forget;
    }

    /** Its id. */
    public RunId id() {
        return lease.run();
    }

    /**
     * Runs to the end and gives the target back. What the run breaks off on stands in the report.
     *
     * @param watcher hears of this run alone
     */
    public RunReport run(RunListener watcher) {
        Scribe scribe = new Scribe(tools, id(), listener.and(watcher));
        RunReport report;
        try (LeaseKeeper keeper = keeper()) {
            report = kept(scribe, keeper);
        } finally {
            forget.run();
        }
        listener.ended(report);
        watcher.ended(report);
        return report;
    }

    /** Gives the target back without having run: of a caller who cannot let it run. The journal never hears of it. */
    public void abandon() {
        forget.run();
        try {
            leases.release(lease);
        } catch (HoldfastException failure) {
            LOG.warn("run {}: the lease runs out by itself: {}", id(), failure.getMessage());
        }
    }

    private LeaseKeeper keeper() {
        try {
            return new LeaseKeeper(leases, lease, stop);
        } catch (RuntimeException | Error noThread) {
            abandon();
            throw noThread;
        }
    }

    private RunReport kept(Scribe scribe, LeaseKeeper keeper) {
        RunReport report;
        try {
            begin(scribe);
            report = executed(scribe);
        } catch (HoldfastException failure) {
            report = report(Optional.empty(), Optional.of(failure));
        } catch (RuntimeException | Error defect) {
            report = report(Optional.empty(), Optional.of(broken(defect)));
        }
        end(scribe, report, keeper);
        return report;
    }

    private void begin(Scribe scribe) {
        lease.broken().ifPresent(scribe::interrupted);
        scribe.started(new RunStart(
                id(),
                lease.target(),
                request.source().name(),
                request.cause(),
                request.by(),
                lease.broken(),
                !request.mode().writes()));
        lease.broken()
                .ifPresent(former -> scribe.recovery(
                        Recovery.Action.TAKEN_OVER,
                        1,
                        "The run " + former
                                + " broke off without a word; what it had written stands, and is carried on."));
    }

    private RunReport executed(Scribe scribe) {
        Optional<RunExecution> execution = Optional.empty();
        try {
            Side side =
                    Side.open(database, tools.machine(), lease, request.source().mapping());
            RunExecution running = new RunExecution(tools, request, side, stop, scribe);
            execution = Optional.of(running);
            running.run();
            return report(execution, Optional.empty());
        } catch (HoldfastException failure) {
            if (failure.code() != ErrorCode.CANCELLED) {
                scribe.error(failure, 1);
            }
            return report(execution, Optional.of(failure));
        } catch (RuntimeException | Error defect) {
            HoldfastException failure = broken(defect);
            scribe.error(failure, 1);
            return report(execution, Optional.of(failure));
        }
    }

    /** This is the top of the run's thread: nobody above could write down how the run ended, and it would run for ever. */
    private HoldfastException broken(Throwable defect) {
        LOG.error("run {}: a defect", id(), defect);
        return defect instanceof OutOfMemoryError
                ? new HoldfastException(
                        ErrorCode.SOURCE_TOO_LARGE,
                        "The run needed more memory than the process may take; give it more with -Xmx, or divide the source.",
                        defect)
                : new HoldfastException(
                        ErrorCode.INTERNAL, "The run met a defect (" + defect + "); please report it.", defect);
    }

    private RunReport report(Optional<RunExecution> execution, Optional<HoldfastException> failure) {
        RunReport.Records records = execution.map(one -> one.tally().records()).orElseGet(() -> new Tally().records());
        Optional<Verification> verification = execution.flatMap(RunExecution::verification);
        return new RunReport(
                id(),
                lease.target(),
                request.mode(),
                status(records, verification, failure),
                execution.map(RunExecution::counts).orElse(RowCounts.NONE),
                records,
                verification,
                execution.map(RunExecution::phases).orElseGet(Map::of),
                failure);
    }

    private static RunStatus status(
            RunReport.Records records, Optional<Verification> verification, Optional<HoldfastException> failure) {
        if (failure.isPresent()) {
            return switch (failure.get().code()) {
                case CANCELLED -> RunStatus.CANCELLED;
                case RUN_LOST -> RunStatus.INTERRUPTED;
                default -> RunStatus.FAILED;
            };
        }
        boolean whole = verification.map(Verification::equal).orElse(false) && records.clean();
        return whole ? RunStatus.SUCCEEDED : RunStatus.PARTIAL;
    }

    /** A run whose end cannot be written down keeps its lease, until that runs out and the run is found to be lost. */
    private static void end(Scribe scribe, RunReport report, LeaseKeeper keeper) {
        try {
            scribe.ended(new RunOutcome(report.outcome(), RunReportJson.of(report)));
        } catch (HoldfastException failure) {
            LOG.warn("run {}: its end is not in the journal: {}", report.run(), failure.getMessage());
            if (failure.code() != ErrorCode.NOT_FOUND) {
                keeper.leave();
            }
        }
    }
}
