package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The row of a run in {@code sync_runs}, as the journal moves it. Stateless. */
final class RunRows {

    private static final int SUMMARY_MAX = 1 << 16;

    /** The column of each fate that has one. What verification found stands in the columns of the verification. */
    static final Map<Fate, String> COLUMNS = columns();

    private RunRows() {}

    private static Map<Fate, String> columns() {
        Map<Fate, String> columns = new EnumMap<>(Fate.class);
        columns.put(Fate.CREATED, "created");
        columns.put(Fate.UPDATED, "updated");
        columns.put(Fate.UNCHANGED, "unchanged");
        columns.put(Fate.DELETED, "deleted");
        columns.put(Fate.KEPT, "kept");
        columns.put(Fate.DUPLICATE, "duplicates");
        columns.put(Fate.QUARANTINED, "quarantined");
        columns.put(Fate.FAILED, "failed");
        return columns;
    }

    static void insert(Session session, RunStart start, long now) throws SQLException {
        session.update(
                "INSERT INTO sync_runs (scope, run, collection, source, cause, started_by, resumes, dry_run, status, phase,"
                        + " done, total, records, created, updated, unchanged, deleted, kept, duplicates, quarantined, failed,"
                        + " errors, verified, source_count, target_count, gaps, surplus, mismatches, started_at_millis,"
                        + " seen_at_millis, ended_at_millis, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', 'FETCH', 0, ?, 0, 0, 0,"
                        + " 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?, ?, 0, '') ON CONFLICT (scope, run) DO NOTHING",
                start.target().scope(),
                start.run().text(),
                start.target().collection(),
                LogText.of(start.source(), LogText.SENTENCE_MAX),
                start.cause().name(),
                LogText.of(start.by(), LogText.KEY_MAX),
                start.resumes().map(RunId::text).orElse(""),
                start.dryRun() ? 1L : 0L,
                Progress.UNKNOWN,
                now,
                now);
    }

    /** Counts are set, not added to, so that writing them twice changes nothing. */
    static void move(Session session, OpenRun run, long now) throws SQLException {
        Counts counts = run.counts();
        session.update(
                "UPDATE sync_runs SET phase = ?, done = ?, total = ?, records = ?, created = ?, updated = ?, unchanged = ?,"
                        + " deleted = ?, kept = ?, duplicates = ?, quarantined = ?, failed = ?, errors = ?, seen_at_millis = ?"
                        + " WHERE scope = ? AND run = ?",
                run.progress.phase().name(),
                run.progress.done(),
                run.progress.total(),
                counts.records(),
                counts.of(Fate.CREATED),
                counts.of(Fate.UPDATED),
                counts.of(Fate.UNCHANGED),
                counts.of(Fate.DELETED),
                counts.of(Fate.KEPT),
                counts.of(Fate.DUPLICATE),
                counts.of(Fate.QUARANTINED),
                counts.of(Fate.FAILED),
                counts.errors(),
                now,
                run.scope,
                run.run.text());
    }

    static void verified(Session session, OpenRun run, Verification verification) throws SQLException {
        session.update(
                "UPDATE sync_runs SET verified = ?, source_count = ?, target_count = ?, gaps = ?, surplus = ?, mismatches = ?"
                        + " WHERE scope = ? AND run = ?",
                verification.equal() ? RunReader.EQUAL : RunReader.DIFFERENT,
                verification.sourceCount(),
                verification.targetCount(),
                verification.gaps(),
                verification.surplus(),
                verification.mismatches(),
                run.scope,
                run.run.text());
    }

    /**
     * The target is free in the transaction that ends the run, so that whoever reads of its end can start the next. Before the run's
     * own row: everybody locks them in this order.
     */
    static void giveBack(Session session, OpenRun run) throws SQLException {
        session.update(
                "UPDATE sync_leases SET run = '', until_millis = 0 WHERE scope = ? AND run = ?",
                run.scope,
                run.run.text());
    }

    /** Whether the run had not ended before. */
    static boolean end(Session session, OpenRun run, RunOutcome outcome, long now) throws SQLException {
        return session.update(
                        "UPDATE sync_runs SET status = ?, summary = ?, ended_at_millis = ?"
                                + " WHERE scope = ? AND run = ? AND status = 'RUNNING'",
                        outcome.status().name(),
                        outcome.summary().length() <= SUMMARY_MAX ? outcome.summary() : "",
                        now,
                        run.scope,
                        run.run.text())
                > 0;
    }

    /** What the journal has of a run, to go on with it. */
    static Optional<OpenRun> reopen(Session session, RunId id) throws SQLException {
        Optional<OpenRun> found = session.first(
                "SELECT scope, started_at_millis, phase, done, total, " + String.join(", ", COLUMNS.values())
                        + " FROM sync_runs WHERE run = ?",
                row -> open(row, id),
                id.text());
        if (found.isPresent()) {
            OpenRun run = found.get();
            run.recordEntries = last(session, "sync_record_logs", run);
            run.errorEntries = last(session, "sync_error_logs", run);
            run.eventEntries = last(session, "sync_audit_logs", run);
            session.stream(
                    "SELECT metric, value FROM sync_metrics WHERE scope = ? AND run = ?",
                    row -> run.metrics.put(row.getString(1), row.getLong(2)),
                    run.scope,
                    id.text());
        }
        return found;
    }

    private static OpenRun open(ResultSet row, RunId id) throws SQLException {
        OpenRun run = new OpenRun(row.getString(1), id, row.getLong(2));
        run.progress = new Progress(Phase.valueOf(row.getString(3)), row.getLong(4), row.getLong(5));
        run.fates.putAll(fates(row));
        return run;
    }

    /** The counts in a row. */
    static Map<Fate, Long> fates(ResultSet row) throws SQLException {
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        for (Map.Entry<Fate, String> column : COLUMNS.entrySet()) {
            long count = row.getLong(column.getValue());
            if (count > 0) {
                fates.put(column.getKey(), count);
            }
        }
        return fates;
    }

    private static long last(Session session, String table, OpenRun run) throws SQLException {
        return session.first(
                        "SELECT coalesce(max(entry), 0) FROM " + table + " WHERE scope = ? AND run = ?",
                        row -> row.getLong(1),
                        run.scope,
                        run.run.text())
                .orElse(0L);
    }
}
