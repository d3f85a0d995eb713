package io.holdfast.server.alerts;

import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.server.storage.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What people must know of device sync, as its gaps and its replicas say. Thread-safe. */
final class DeviceConditions {

    /** Most alerts of a type at once; the oldest conditions come first, and others when these are over. */
    static final int ALERTS_MAX = 500;

    /** A device that was not heard of for as long counts as given up: nobody is told of it any more. */
    static final Duration GIVEN_UP = Duration.ofDays(90);

    private static final String DEVICES = "devices";

    private static final String GAPS = "SELECT scope, collection, count(*), min(found_at_millis), max(gap) FROM hf_gap"
            + " WHERE state IN ('OPEN', 'REPAIRING') AND found_at_millis <= ? GROUP BY scope, collection"
            + " ORDER BY min(found_at_millis), scope, collection LIMIT " + ALERTS_MAX;

    /** The replica whose silence is longest comes with the least time (of equal ones the first by its name). */
    private static final String SILENT = "SELECT s.scope, s.silent, s.replicas, s.first, s.last,"
            + " (SELECT min(r.replica) FROM hf_replica r WHERE r.scope = s.scope AND r.seen_at_millis = s.first)"
            + " FROM (SELECT scope, sum(CASE WHEN seen_at_millis <= ? THEN 1 ELSE 0 END) AS silent, count(*) AS replicas,"
            + " min(seen_at_millis) AS first, max(CASE WHEN seen_at_millis <= ? THEN seen_at_millis ELSE 0 END) AS last"
            + " FROM hf_replica WHERE seen_at_millis > ? GROUP BY scope HAVING min(seen_at_millis) <= ?"
            + " ORDER BY min(seen_at_millis), scope LIMIT " + ALERTS_MAX + ") AS s ORDER BY s.first, s.scope";

    private final Database database;

    /** Reads a database, which stays its owner's to close. */
    DeviceConditions(Database database) {
        this.database = database;
    }

    /** Gaps that proofs found longer ago than that, and that are not closed: one condition for each scope and collection. */
    List<Lasting> unrepaired(Instant now, Duration age) {
        return database.read(session ->
                session.query(GAPS, DeviceConditions::gaps, now.minus(age).toEpochMilli()));
    }

    private static Lasting gaps(ResultSet row) throws SQLException {
        String scope = row.getString(1);
        String collection = row.getString(2);
        long gaps = row.getLong(3);
        String message = (gaps == 1 ? "A gap is" : gaps + " gaps are") + " not repaired, the oldest since "
                + Instant.ofEpochMilli(row.getLong(4))
                + "; see 'holdfast gaps list --scope " + scope
                + "', and run 'holdfast verify --deep' on a device that has the records.";
        // A gap of the sum of all records names no collection.
        Subject subject = new Subject(scope, collection.isEmpty() ? "all records" : collection);
        return new Lasting(subject, new Finding.Holds(AlertType.UNREPAIRED_GAPS, message), mark("gap", row.getLong(5)));
    }

    /**
     * Devices that have not exchanged for longer than that, though they did within {@link #GIVEN_UP}: one condition for each scope.
     * Looks at every replica.
     */
    List<Lasting> silent(Instant now, Duration silence) {
        // What is written down may lag behind what a device did: nobody is told of one that was heard of in time.
        long before = now.minus(silence).toEpochMilli() - ReplicaRow.SEEN_EVERY_MILLIS;
        return database.read(session -> session.query(
                SILENT,
                row -> silent(row, silence),
                before,
                before,
                now.minus(GIVEN_UP).toEpochMilli(),
                before));
    }

    private static Lasting silent(ResultSet row, Duration silence) throws SQLException {
        String scope = row.getString(1);
        String message = row.getLong(2) + " of " + row.getLong(3) + " devices have not exchanged for more than "
                + silence.toMinutes() + " minutes, the longest silent one, " + row.getString(6) + ", since "
                + Instant.ofEpochMilli(row.getLong(4)) + "; look at their networks and at their 'holdfast status'.";
        return new Lasting(
                new Subject(scope, DEVICES),
                new Finding.Holds(AlertType.SILENT_DEVICES, message),
                mark("seen", row.getLong(5)));
    }

    private static String mark(String what, long number) {
        return what + String.format(" %019d", number);
    }
}
