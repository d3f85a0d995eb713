package io.holdfast.server.audit;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The journal in the server's database. What waits takes at most {@value #ROWS_MAX} rows of memory for each run. */
public final class SqlRunJournal implements RunJournal {

    /** Most rows that wait to be written. */
    static final int ROWS_MAX = 1_000;

    /** How long rows wait at most, as long as the run says anything. */
    static final Duration WAIT_MAX = Duration.ofSeconds(1);

    private final Database database;
    private final InstantSource clock;
    private final Map<RunId, OpenRun> open = new ConcurrentHashMap<>();

    /** Writes into a database, which stays its owner's to close. */
    public SqlRunJournal(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void started(RunStart start) {
        Map<String, String> detail = new TreeMap<>(Map.of(
                "source", start.source(),
                "collection", start.target().collection(),
                "cause", start.cause().name(),
                "dryRun", Boolean.toString(start.dryRun())));
        start.resumes().ifPresent(former -> detail.put("resumes", former.text()));
        long now = clock.millis();
        OpenRun run = new OpenRun(start.target().scope(), start.run(), now);
        durably(run, () -> run.add(RunEvent.Kind.STARTED, start.by(), detail, now), session -> {
            RunRows.insert(session, start, now);
            write(session, run, now);
        });
        open.put(start.run(), run);
    }

    @Override
    public void record(RunId id, RecordFate fate) {
        OpenRun run = open(id);
        long now = clock.millis();
        run.add(fate, now);
        flushIfDue(run, now);
    }

    @Override
    public void unchanged(RunId id, long records) {
        OpenRun run = open(id);
        long now = clock.millis();
        run.unchanged(records, now);
        flushIfDue(run, now);
    }

    @Override
    public void error(RunId id, RunError error) {
        OpenRun run = open(id);
        long now = clock.millis();
        run.add(error, now);
        flushIfDue(run, now);
    }

    @Override
    public void progress(RunId id, Progress progress) {
        OpenRun run = open(id);
        long now = clock.millis();
        run.move(progress, now);
        flushIfDue(run, now);
    }

    @Override
    public void recovery(RunId id, Recovery recovery) {
        OpenRun run = open(id);
        long now = clock.millis();
        Map<String, String> detail = Map.of(
                "action", recovery.action().name(),
                "phase", recovery.phase().name(),
                "attempt", Integer.toString(recovery.attempt()),
                "detail", recovery.detail());
        durably(
                run,
                () -> run.add(RunEvent.Kind.RECOVERED, AuditEntry.HOLDFAST, detail, now),
                session -> write(session, run, now));
    }

    @Override
    public void phase(RunId id, Phase phase, Duration took, long records) {
        OpenRun run = open(id);
        long now = clock.millis();
        long micros = TimeUnit.NANOSECONDS.toMicros(took.toNanos());
        Map<String, String> detail =
                Map.of("phase", phase.name(), "micros", Long.toString(micros), "records", Long.toString(records));
        durably(
                run,
                () -> {
                    run.metrics.merge(Metric.micros(phase), micros, Long::sum);
                    run.add(RunEvent.Kind.PHASE_ENDED, AuditEntry.HOLDFAST, detail, now);
                },
                session -> write(session, run, now));
    }

    @Override
    public void verified(RunId id, Verification verification) {
        OpenRun run = open(id);
        long now = clock.millis();
        durably(
                run,
                () -> run.add(RunEvent.Kind.VERIFIED, AuditEntry.HOLDFAST, figures(verification), now),
                session -> {
                    write(session, run, now);
                    RunRows.verified(session, run, verification);
                });
    }

    private static Map<String, String> figures(Verification verification) {
        Map<String, String> figures = new TreeMap<>(Map.of(
                "equal", Boolean.toString(verification.equal()),
                "sourceCount", Long.toString(verification.sourceCount()),
                "targetCount", Long.toString(verification.targetCount()),
                "gaps", Long.toString(verification.gaps()),
                "surplus", Long.toString(verification.surplus()),
                "mismatches", Long.toString(verification.mismatches())));
        verification.fields().forEach((field, count) -> figures.put("field." + field, Long.toString(count)));
        return figures;
    }

    @Override
    public void ended(RunId id, RunOutcome outcome) {
        OpenRun run = open(id);
        long now = clock.millis();
        durably(
                run,
                () -> {
                    run.metrics.put(Metric.RECORDS, run.counts().records());
                    run.metrics.put(Metric.TOTAL_MICROS, Math.max(0, now - run.startedAtMillis) * 1_000);
                    run.add(
                            RunEvent.Kind.ENDED,
                            AuditEntry.HOLDFAST,
                            Map.of("status", outcome.status().name()),
                            now);
                },
                session -> {
                    if (outcome.status() != RunStatus.INTERRUPTED) {
                        RunRows.giveBack(session, run);
                    }
                    if (RunRows.end(session, run, outcome, now)) {
                        write(session, run, now);
                    }
                });
        open.remove(id);
    }

    /** What is done in the transaction that writes. */
    private interface Step {
        void in(Session session) throws SQLException;
    }

    /**
     * Adds and writes, or leaves everything as it was: whoever calls again after a failure says the same thing once. If the
     * failed transaction was committed after all, the second one writes the same rows over it.
     */
    private void durably(OpenRun run, Runnable adding, Step step) {
        OpenRun.Mark mark = run.mark();
        adding.run();
        try {
            database.<Boolean>write(session -> {
                step.in(session);
                return true;
            });
        } catch (RuntimeException failed) {
            run.backTo(mark);
            throw failed;
        }
        run.written();
    }

    /** A run that another process began, or this one before it was killed, is taken up where the journal stands. */
    private OpenRun open(RunId id) {
        return open.computeIfAbsent(
                id,
                absent -> database.read(session -> RunRows.reopen(session, absent))
                        .orElseThrow(() -> new HoldfastException(
                                ErrorCode.NOT_FOUND, "There is no run " + absent + "; list the runs.")));
    }

    private void flushIfDue(OpenRun run, long now) {
        if (run.due(now, ROWS_MAX, WAIT_MAX.toMillis())) {
            flush(run, now);
        }
    }

    private void flush(OpenRun run, long now) {
        durably(run, () -> {}, session -> write(session, run, now));
    }

    private static void write(Session session, OpenRun run, long now) throws SQLException {
        session.upsert(JournalTables.RECORDS, run.scope, run.records);
        session.upsert(JournalTables.ERRORS, run.scope, run.errors);
        session.upsert(JournalTables.EVENTS, run.scope, run.events);
        List<@Nullable Object[]> metrics = new ArrayList<>();
        run.metrics.forEach((name, value) -> metrics.add(new Object[] {run.run.text(), name, now, value}));
        session.upsert(JournalTables.METRICS, run.scope, metrics);
        RunRows.move(session, run, now);
    }
}
