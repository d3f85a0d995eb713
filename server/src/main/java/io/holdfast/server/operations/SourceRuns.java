package io.holdfast.server.operations;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.run.ClaimedRun;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunMode;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.run.RunRequest;
import io.holdfast.server.run.Runs;
import io.holdfast.server.settings.SourceSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs of configured sources in this process, each on a thread of its own. Thread-safe. */
public final class SourceRuns implements RunStarter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRuns.class);

    /** Whoever starts a run waits as long until it is in the journal, so that he finds it when he asks for it. */
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(5);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Runs runs;
    private final SourceOpener sources;
    private final Map<RunId, Thread> threads = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Runs on an engine. */
    public SourceRuns(Runs runs, SourceOpener sources) {
        this.runs = runs;
        this.sources = sources;
    }

    @Override
    public RunId start(SourceSettings source, Cause cause, String by) {
        if (closed) {
            throw new HoldfastException(ErrorCode.UNAVAILABLE, "The server stops; start the run again later.");
        }
        ClaimedRun run = runs.claim(new RunRequest(sources.open(source), source.scope(), RunMode.SYNC, cause, by));
        CountDownLatch begun = new CountDownLatch(1);
        begin(run, "holdfast-run-" + source.name(), begun);
        try {
            if (!begun.await(JOURNAL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().addKeyValue("run", run.id()).log("a run begins slowly");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return run.id();
    }

    private void begin(ClaimedRun run, String name, CountDownLatch begun) {
        try {
            Thread thread = Thread.ofPlatform().name(name).unstarted(() -> work(run, begun));
            threads.put(run.id(), thread);
            thread.start();
        } catch (RuntimeException | Error noThread) {
            threads.remove(run.id());
            run.abandon();
            throw noThread;
        }
    }

    private void work(ClaimedRun run, CountDownLatch begun) {
        try {
            run.run(new RunListener() {
                @Override
                public void progress(RunId id, Progress progress) {
                    begun.countDown();
                }

                @Override
                public void ended(RunReport report) {
                    begun.countDown();
                }
            });
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).addKeyValue("run", run.id()).log("a defect of a run");
        } finally {
            begun.countDown();
            threads.remove(run.id());
        }
    }

    @Override
    public boolean cancel(RunId run, String by) {
        try {
            runs.cancel(run, by);
            return true;
        } catch (HoldfastException unknown) {
            if (unknown.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw unknown;
        }
    }

    /** Cancels the runs of this process and waits for their last whole records; starts no more. */
    @Override
    public void close() {
        closed = true;
        for (Map.Entry<RunId, Thread> running : Map.copyOf(threads).entrySet()) {
            try {
                runs.cancel(running.getKey(), "the server, which stops");
                running.getValue().join(STOP_PATIENCE);
            } catch (HoldfastException over) {
                LOG.atDebug().addKeyValue("run", running.getKey()).log("ended by itself");
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
