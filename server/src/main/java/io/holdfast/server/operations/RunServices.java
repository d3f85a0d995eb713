package io.holdfast.server.operations;

import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.run.RunTools;
import io.holdfast.server.run.Runs;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.schedule.Schedule;
import io.holdfast.server.storage.sql.Database;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Runs of configured sources in a server process: by hand and by the clock. Thread-safe. */
public final class RunServices implements AutoCloseable {

    private final Operations operations;
    private final SourceRuns runs;
    private final Clockwork clockwork;
    private final List<Consumer<RunReport>> watchers = new CopyOnWriteArrayList<>();

    /** Runs over a database, which stays its owner's to close. */
    public RunServices(Database database, Operations operations, RunTools tools, SourceOpener sources) {
        this.operations = operations;
        RunTools obedient =
                tools.recoveringIf(() -> operations.settings().now().recovery().enabled());
        Runs engine = new Runs(database, ThisProcess.holder(), obedient, new Watching());
        this.runs = new SourceRuns(engine, sources);
        Schedule schedule = new Schedule(
                operations.jobs(),
                operations.log(),
                runs::start,
                operations.machine().clock());
        this.clockwork = new Clockwork(operations, schedule, engine::endLost);
    }

    /** What operators work with. */
    public Operations operations() {
        return operations;
    }

    /** Starts and ends runs. */
    public RunStarter starter() {
        return runs;
    }

    /** Hears of the end of each run of this process from now on; must be quick, and never fail. */
    public void watch(Consumer<RunReport> watcher) {
        watchers.add(watcher);
    }

    private final class Watching implements RunListener {
        @Override
        public void progress(RunId run, Progress progress) {}

        @Override
        public void ended(RunReport report) {
            watchers.forEach(watcher -> watcher.accept(report));
        }
    }

    /** From now on sources run by the clock, too. */
    public void start() {
        clockwork.start();
    }

    /** Starts nothing more, and cancels what runs: it leaves whole records, and the next run carries on. */
    @Override
    public void close() {
        clockwork.close();
        runs.close();
    }
}
