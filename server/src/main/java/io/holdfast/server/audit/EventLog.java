package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened in runs and in device sync, in one order. Thread-safe. */
public final class EventLog {

    private static final String RUNS =
            "SELECT at_millis, scope, run, entry, event, who, detail FROM sync_audit_logs WHERE ";
    private static final String DEVICES = "SELECT at_millis, scope, '', entry, event, who, detail FROM hf_audit WHERE ";

    private final Database database;

    /** Reads a database, which stays its owner's to close. */
    public EventLog(Database database) {
        this.database = database;
    }

    /**
     * Events, newest first, over one consistent state.
     *
     * @param filter scopes, run, from and until count
     * @param below the last of the page before; empty for the newest
     * @param limit at most {@link RunLog#PAGE_MAX}
     */
    public List<SyncEvent> events(LogFilter filter, Optional<EventPosition> below, int limit) {
        int most = Math.clamp(limit, 1, RunLog.PAGE_MAX);
        return database.read(session -> Stream.concat(
                        ofRuns(session, filter, below, most).stream(), ofDevices(session, filter, below, most).stream())
                .sorted(Comparator.comparing(SyncEvent::position).reversed())
                .limit(most)
                .toList());
    }

    private static List<SyncEvent> ofRuns(Session session, LogFilter filter, Optional<EventPosition> below, int most)
            throws SQLException {
        Conditions conditions = conditions(session, filter);
        filter.run()
                .ifPresent(run -> conditions.and(
                        "scope = (SELECT scope FROM sync_runs WHERE run = ?) AND run = ?", run.text(), run.text()));
        below.ifPresent(last -> below(conditions, "run", last));
        return query(session, RUNS, conditions, "at_millis DESC, scope DESC, run DESC, entry DESC", most);
    }

    private static List<SyncEvent> ofDevices(Session session, LogFilter filter, Optional<EventPosition> below, int most)
            throws SQLException {
        if (filter.run().isPresent()) {
            return List.of();
        }
        Conditions conditions = conditions(session, filter);
        below.ifPresent(last -> below(conditions, "''", last));
        return query(session, DEVICES, conditions, "at_millis DESC, scope DESC, entry DESC", most);
    }

    private static Conditions conditions(Session session, LogFilter filter) {
        Conditions conditions = new Conditions(session).within("at_millis", filter.from(), filter.until());
        filter.scopes().ifPresent(scopes -> conditions.among("scope", scopes));
        return conditions;
    }

    /** The time by itself, too: that is what the index leads to. */
    private static void below(Conditions conditions, String run, EventPosition last) {
        conditions.and(
                "at_millis <= ? AND (at_millis, scope, " + run + ", entry) < (?, ?, ?, ?)",
                last.atMillis(),
                last.atMillis(),
                last.scope(),
                last.run(),
                last.entry());
    }

    private static List<SyncEvent> query(Session session, String select, Conditions conditions, String order, int most)
            throws SQLException {
        List<SyncEvent> events = new ArrayList<>();
        session.stream(
                select + conditions.text() + " ORDER BY " + order + " LIMIT " + most,
                row -> events.add(event(row)),
                conditions.parameters());
        return events;
    }

    private static SyncEvent event(ResultSet row) throws SQLException {
        return SyncEvent.of(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7));
    }
}
