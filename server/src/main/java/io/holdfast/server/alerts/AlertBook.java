package io.holdfast.server.alerts;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.TimedId;
import io.holdfast.server.storage.sql.ColumnType;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The alerts in the server's database: of each condition and subject at most one that is not over. Thread-safe. */
public final class AlertBook {

    /** Longest note, in characters. */
    public static final int NOTE_MAX = 500;

    /** Most alerts in a page. */
    public static final int PAGE_MAX = 500;

    private static final String ALERTS = "SELECT alert, type, scope, subject, message, run, state, occurrences,"
            + " first_at_millis, last_at_millis, handled_by, handled_at_millis, note, resolved_at_millis FROM sync_alerts";

    private final Database database;
    private final AlertIds ids;

    /** Draws ids, and tells the time. */
    public record AlertIds(InstantSource clock, RandomGenerator random) {}

    /** Alerts in a database, which stays its owner's to close. */
    public AlertBook(Database database, AlertIds ids) {
        this.database = database;
        this.ids = ids;
    }

    /**
     * Notes that a condition holds. Of the same run nothing is noted twice.
     *
     * @param run that found it; of what no run finds its {@link Lasting#mark}
     * @param mail whether people are told by mail, too, unless somebody has taken it on already
     */
    public Alert raise(Subject subject, Finding.Holds finding, String run, boolean mail) {
        long now = ids.clock().millis();
        String mailing = mail ? "WAITING" : "NONE";
        return database.write(session -> {
            session.update(
                    "INSERT INTO sync_alerts (alert, scope, subject, type, severity, message, run, state, occurrences,"
                            + " first_at_millis, last_at_millis, handled_by, handled_at_millis, note, resolved_at_millis, mail,"
                            + " mailed_at_millis) VALUES (?, ?, ?, ?, ?, ?, ?, 'OPEN', 1, ?, ?, '', 0, '', 0, ?, 0)"
                            + " ON CONFLICT (type, scope, subject) WHERE state <> 'RESOLVED' DO UPDATE SET"
                            + " occurrences = sync_alerts.occurrences + 1, last_at_millis = excluded.last_at_millis,"
                            + " message = excluded.message, run = excluded.run,"
                            + " mail = CASE WHEN sync_alerts.state = 'OPEN' THEN excluded.mail ELSE sync_alerts.mail END"
                            + " WHERE sync_alerts.run <> excluded.run",
                    TimedId.next(ids.clock(), ids.random()),
                    subject.scope(),
                    subject.name(),
                    finding.type().name(),
                    finding.type().severity().name(),
                    finding.message(),
                    run,
                    now,
                    now,
                    mailing);
            return session.first(
                            ALERTS + " WHERE type = ? AND scope = ? AND subject = ? AND state <> 'RESOLVED'",
                            AlertBook::alert,
                            finding.type().name(),
                            subject.scope(),
                            subject.name())
                    .orElseThrow();
        });
    }

    /** What was told of a condition that is not over: its mark, or the run that found it last, and the words. */
    record Told(String mark, String message) {}

    /** What was told of the conditions of a type that are not over. */
    Map<Subject, Told> told(AlertType type) {
        Map<Subject, Told> told = new HashMap<>();
        database.<Boolean>read(session -> {
            session.stream(
                    "SELECT scope, subject, run, message FROM sync_alerts WHERE type = ? AND state <> 'RESOLVED'",
                    row -> told.put(
                            new Subject(row.getString(1), row.getString(2)),
                            new Told(row.getString(3), row.getString(4))),
                    type.name());
            return true;
        });
        return told;
    }

    /** Says in other words what lasts, without noting it again. */
    void reword(Subject subject, Finding.Holds finding) {
        database.<Integer>write(session -> session.update(
                "UPDATE sync_alerts SET message = ? WHERE type = ? AND scope = ? AND subject = ? AND state <> 'RESOLVED'",
                finding.message(),
                finding.type().name(),
                subject.scope(),
                subject.name()));
    }

    /** Notes that a condition is over; tells whether there was an alert of it. Mail about it that waits is not sent any more. */
    public boolean resolve(Subject subject, AlertType type) {
        long now = ids.clock().millis();
        return database.<Integer>write(session -> session.update(
                        "UPDATE sync_alerts SET state = 'RESOLVED', resolved_at_millis = ?, mail = CASE WHEN mail = 'WAITING'"
                                + " THEN 'NONE' ELSE mail END WHERE type = ? AND scope = ? AND subject = ? AND state <> 'RESOLVED'",
                        now,
                        type.name(),
                        subject.scope(),
                        subject.name()))
                > 0;
    }

    /**
     * Alerts, newest first.
     *
     * @param scopes the only ones that may be seen; empty for all
     * @param states those asked for; none for all
     * @param below the id that the page begins below; empty for the newest
     */
    public List<Alert> list(Optional<Set<String>> scopes, Set<Alert.State> states, String below, int limit) {
        return database.read(session -> {
            StringBuilder conditions = new StringBuilder(" WHERE alert < ?");
            List<@Nullable Object> bound = new ArrayList<>(List.of(below.isEmpty() ? "~" : below));
            if (scopes.isPresent()) {
                conditions.append(" AND ").append(among(session, "scope"));
                bound.add(new Session.Texts(List.copyOf(scopes.get())));
            }
            if (!states.isEmpty()) {
                conditions.append(" AND ").append(among(session, "state"));
                bound.add(new Session.Texts(states.stream().map(Enum::name).toList()));
            }
            bound.add((long) Math.min(limit, PAGE_MAX));
            return session.query(
                    ALERTS + conditions + " ORDER BY alert DESC LIMIT ?", AlertBook::alert, bound.toArray());
        });
    }

    private static String among(Session session, String column) {
        return session.dialect().among(new SqlColumn(column, ColumnType.of(ColumnType.Kind.TEXT)));
    }

    /** One alert, if it is there and in one of the scopes. */
    public Optional<Alert> find(String id, Optional<Set<String>> scopes) {
        if (!TimedId.isOne(id)) {
            return Optional.empty();
        }
        return database.read(session -> find(session, id))
                .filter(alert ->
                        scopes.map(only -> only.contains(alert.scope())).orElse(true));
    }

    private static Optional<Alert> find(Session session, String id) throws SQLException {
        return session.first(ALERTS + " WHERE alert = ?", AlertBook::alert, id);
    }

    /**
     * Notes that somebody has taken an alert on.
     *
     * @param note why it is fine, or what is done about it
     * @throws HoldfastException NOT_FOUND; ALERT_HANDLED if somebody has before; FIELD_LENGTH
     */
    public Alert acknowledge(String id, Optional<Set<String>> scopes, String who, String note) {
        if (note.length() > NOTE_MAX) {
            throw new HoldfastException(
                    ErrorCode.FIELD_LENGTH, "The note is longer than " + NOTE_MAX + " characters; shorten it.");
        }
        if (find(id, scopes).isEmpty()) {
            throw new HoldfastException(ErrorCode.NOT_FOUND, "There is no alert of that id; list the alerts.");
        }
        return database.write(session -> {
            int taken = session.update(
                    "UPDATE sync_alerts SET handled_by = ?, handled_at_millis = ?, note = ?,"
                            + " state = CASE WHEN state = 'OPEN' THEN 'ACKNOWLEDGED' ELSE state END,"
                            + " mail = CASE WHEN mail = 'WAITING' THEN 'NONE' ELSE mail END"
                            + " WHERE alert = ? AND handled_by = ''",
                    who,
                    ids.clock().millis(),
                    note,
                    id);
            Alert alert = find(session, id).orElseThrow();
            if (taken == 0) {
                throw new HoldfastException(
                        ErrorCode.ALERT_HANDLED,
                        "The alert was acknowledged before, by "
                                + alert.handling().map(Alert.Handling::by).orElse("somebody") + "; see its note.");
            }
            return alert;
        });
    }

    /** Alerts of a type that wait to be mailed, oldest first. */
    public List<Alert> waiting(AlertType type, int limit) {
        return database.read(session -> session.query(
                ALERTS + " WHERE type = ? AND mail = 'WAITING' ORDER BY alert LIMIT ?",
                AlertBook::alert,
                type.name(),
                (long) limit));
    }

    /** Types of which alerts wait to be mailed. */
    public List<AlertType> waitingTypes() {
        return database.read(session -> session.query(
                "SELECT DISTINCT type FROM sync_alerts WHERE mail = 'WAITING' ORDER BY type",
                row -> AlertType.valueOf(row.getString(1))));
    }

    /** Notes that a mail about alerts is on its way. What has been found again since they were read waits for the next one. */
    public void mailed(List<Alert> alerts) {
        long now = ids.clock().millis();
        database.<Boolean>write(session -> {
            for (Alert alert : alerts) {
                session.update(
                        "UPDATE sync_alerts SET mail = 'SENT', mailed_at_millis = ? WHERE alert = ? AND occurrences = ?"
                                + " AND mail = 'WAITING'",
                        now,
                        alert.id(),
                        alert.occurrences());
            }
            return true;
        });
    }

    private static Alert alert(ResultSet row) throws SQLException {
        String by = row.getString(11);
        long resolved = row.getLong(14);
        return new Alert(
                row.getString(1),
                AlertType.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                RunId.isRunId(row.getString(6)) ? row.getString(6) : "",
                Alert.State.valueOf(row.getString(7)),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9)),
                Instant.ofEpochMilli(row.getLong(10)),
                by.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Alert.Handling(by, Instant.ofEpochMilli(row.getLong(12)), row.getString(13))),
                resolved == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(resolved)));
    }
}
