package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The journal read from the server's database. */
public final class SqlRunLog implements RunLog {

    private static final EntryTable<RecordEntry> RECORDS = new EntryTable<>(
            "sync_record_logs", "at_millis, source_row, record_key, fate, code, detail", "fate", SqlRunLog::record);
    private static final EntryTable<ErrorEntry> ERRORS = new EntryTable<>(
            "sync_error_logs",
            "at_millis, phase, category, code, message, source_row, record_key, attempt, detail",
            "category",
            SqlRunLog::error);

    private final Database database;

    /** Reads a database, which stays its owner's to close. */
    public SqlRunLog(Database database) {
        this.database = database;
    }

    @Override
    public List<Run> runs(LogFilter filter, Optional<Position> after, int limit) {
        return database.read(session -> {
            Conditions conditions = runConditions(session, filter);
            conditions.within("started_at_millis", filter.from(), filter.until());
            if (!filter.status().isEmpty()) {
                conditions.among("status", filter.status());
            }
            filter.key()
                    .ifPresent(key ->
                            conditions.and("run IN (SELECT run FROM sync_record_logs WHERE record_key = ?)", key));
            filter.source().ifPresent(source -> conditions.and("source = ?", source));
            after.ifPresent(position -> conditions.and("run < ?", position.run().text()));
            return RunReader.read(session, conditions, bounded(limit));
        });
    }

    @Override
    public Optional<Run> run(RunId id, Optional<Set<String>> scopes) {
        return database.read(session ->
                RunReader.read(session, new Conditions(session).and("run = ?", id.text()), 1).stream()
                        .filter(run -> scopes.map(only ->
                                        only.contains(run.start().target().scope()))
                                .orElse(true))
                        .findFirst());
    }

    @Override
    public List<Run> runsOf(Target target, int limit) {
        return database.read(session -> RunReader.read(
                session,
                new Conditions(session).and("scope = ? AND collection = ?", target.scope(), target.collection()),
                bounded(limit)));
    }

    @Override
    public Optional<Run> last(String scope, String source, Set<RunStatus> status) {
        return database.read(session -> {
            Conditions conditions =
                    new Conditions(session).and("scope = ? AND source = ? AND dry_run = 0", scope, source);
            if (!status.isEmpty()) {
                conditions.among("status", status.stream().map(Enum::name).toList());
            }
            return RunReader.read(session, conditions, 1).stream().findFirst();
        });
    }

    @Override
    public List<RecordEntry> records(LogFilter filter, Optional<Position> after, int limit) {
        return page(RECORDS, filter, after, limit);
    }

    @Override
    public List<ErrorEntry> errors(LogFilter filter, Optional<Position> after, int limit) {
        return page(ERRORS, filter, after, limit);
    }

    @Override
    public List<RunEvent> events(RunId run) {
        return database.read(session -> session.query(
                "SELECT a.entry, a.at_millis, a.event, a.who, a.detail FROM sync_runs r JOIN sync_audit_logs a"
                        + " ON a.scope = r.scope AND a.run = r.run WHERE r.run = ? ORDER BY a.entry",
                SqlRunLog::event,
                run.text()));
    }

    private <T> List<T> page(EntryTable<T> table, LogFilter filter, Optional<Position> after, int limit) {
        return database.read(session -> {
            if (filter.key().isPresent()) {
                return table.ofKey(session, filter, after, bounded(limit));
            }
            List<T> page = new ArrayList<>();
            for (EntryTable.Owner run : candidates(session, filter, after)) {
                if (page.size() == bounded(limit)) {
                    break;
                }
                page.addAll(table.ofRun(session, run, filter, after, bounded(limit) - page.size()));
            }
            return page;
        });
    }

    /**
     * The runs that may have entries, newest first. Entries are then read run by run, since that is the order of their table:
     * a join would have the engine sort all entries of all runs for each page.
     */
    private static List<EntryTable.Owner> candidates(Session session, LogFilter filter, Optional<Position> after)
            throws SQLException {
        Conditions conditions = runConditions(session, filter);
        conditions.within("started_at_millis", Optional.empty(), filter.until());
        filter.from().ifPresent(first -> conditions.and("(ended_at_millis = 0 OR ended_at_millis >= ?)", floor(first)));
        after.ifPresent(position -> conditions.and("run <= ?", position.run().text()));
        return session.query(
                "SELECT scope, run FROM sync_runs WHERE " + conditions.text() + " ORDER BY run DESC",
                row -> new EntryTable.Owner(row.getString(1), new RunId(row.getString(2))),
                conditions.parameters());
    }

    private static long floor(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException beyond) {
            return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Conditions runConditions(Session session, LogFilter filter) {
        Conditions conditions = new Conditions(session);
        filter.scopes().ifPresent(scopes -> conditions.among("scope", scopes));
        filter.run().ifPresent(run -> conditions.and("run = ?", run.text()));
        return conditions;
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(limit, PAGE_MAX));
    }

    private static RecordEntry record(ResultSet row, RunId run) throws SQLException {
        return new RecordEntry(
                run,
                row.getLong("entry"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                new RecordFate(
                        row.getLong("source_row"),
                        row.getString("record_key"),
                        Fate.valueOf(row.getString("fate")),
                        row.getString("code"),
                        row.getString("detail")));
    }

    private static ErrorEntry error(ResultSet row, RunId run) throws SQLException {
        return new ErrorEntry(
                run,
                row.getLong("entry"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                new RunError(
                        Phase.valueOf(row.getString("phase")),
                        ErrorCategory.valueOf(row.getString("category")),
                        row.getString("code"),
                        row.getString("message"),
                        row.getLong("source_row"),
                        row.getString("record_key"),
                        (int) row.getLong("attempt"),
                        row.getString("detail")));
    }

    private static RunEvent event(ResultSet row) throws SQLException {
        return new RunEvent(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                RunEvent.Kind.valueOf(row.getString(3)),
                row.getString(4),
                EventDetail.of(row.getString(5)));
    }
}
