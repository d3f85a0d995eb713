package io.holdfast.server.run.lease;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.Target;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leases in the server's database. Thread-safe.
 *
 * <p>A holder says more before his lease runs out; if he does not, because he is gone or hangs, the next one takes it over. That
 * one gets a higher token, and every transaction of a run checks its own ({@link #fence}), so that a holder who wakes up again
 * writes nothing: clocks that differ may end a run early, never let two write (Kleppmann, "How to do distributed locking", 2016).
 */
public final class Leases {

    /** How long a lease holds without a word of its holder. */
    public static final Duration LENGTH = Duration.ofSeconds(15);

    private static final String ROW =
            "SELECT holder, run, token, until_millis, cancel_asked_by FROM sync_leases WHERE scope = ? AND name = ?";

    private final Database database;
    private final InstantSource clock;
    private final Holder holder;

    /** Leases for one process. */
    public Leases(Database database, InstantSource clock, Holder holder) {
        this.database = database;
        this.clock = clock;
        this.holder = holder;
    }

    private record Row(String holder, String run, long token, long untilMillis, String cancelAskedBy) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5));
        }
    }

    /** How things stand for a holder. */
    public sealed interface Standing {
        /** All is well. */
        record Held() implements Standing {}

        /** Somebody wants the run to end. */
        record CancelAsked(String by) implements Standing {}

        /** The lease is another's now. */
        record Lost() implements Standing {}
    }

    /**
     * Takes a target's lease.
     *
     * @throws HoldfastException RUN_ACTIVE, with the id of the run that has it as {@code run} in its context
     */
    public Lease take(Target target, RunId run) {
        return database.write(session -> {
            Optional<Row> row = locked(session, target);
            row.filter(held -> !held.run().isEmpty() && alive(held)).ifPresent(held -> {
                throw active(target, held);
            });
            long token = row.map(Row::token).orElse(0L) + 1;
            put(session, target, run, token);
            return new Lease(
                    target,
                    run,
                    token,
                    row.map(Row::run).filter(text -> !text.isEmpty()).map(RunId::new));
        });
    }

    private boolean alive(Row held) {
        return held.untilMillis() > clock.millis() && !holder.knowsToBeGone(held.holder());
    }

    private static HoldfastException active(Target target, Row held) {
        return new HoldfastException(
                ErrorCode.RUN_ACTIVE,
                "The run " + held.run() + " works on " + target + " right now. Wait for its end, or cancel it.",
                Map.of("run", held.run()));
    }

    private static Optional<Row> locked(Session session, Target target) throws SQLException {
        session.dialect().lockAbsentScope(session, target.scope() + '\n' + target.collection());
        return session.first(ROW + session.dialect().lockingRow(), Row::of, target.scope(), target.collection());
    }

    private void put(Session session, Target target, RunId run, long token) throws SQLException {
        session.update(
                "INSERT INTO sync_leases (scope, name, holder, run, token, until_millis, cancel_asked_by)"
                        + " VALUES (?, ?, ?, ?, ?, ?, '') ON CONFLICT (scope, name) DO UPDATE SET"
                        + " holder = excluded.holder, run = excluded.run, token = excluded.token,"
                        + " until_millis = excluded.until_millis, cancel_asked_by = ''",
                target.scope(),
                target.collection(),
                holder.name(),
                run.text(),
                token,
                until());
    }

    private long until() {
        return clock.instant().plus(LENGTH).toEpochMilli();
    }

    /** Says that the holder still works. */
    public Standing renew(Lease lease) {
        return database.write(session -> {
            int kept = session.update(
                    "UPDATE sync_leases SET until_millis = ? WHERE scope = ? AND name = ? AND token = ? AND run = ?",
                    until(),
                    lease.target().scope(),
                    lease.target().collection(),
                    lease.token(),
                    lease.run().text());
            if (kept == 0) {
                return new Standing.Lost();
            }
            return session.first(
                            ROW, Row::of, lease.target().scope(), lease.target().collection())
                    .map(Row::cancelAskedBy)
                    .filter(by -> !by.isEmpty())
                    .<Standing>map(Standing.CancelAsked::new)
                    .orElseGet(Standing.Held::new);
        });
    }

    /** Gives a lease back, of a run that the journal does not know; nothing happens if it is another's by now. */
    public void release(Lease lease) {
        database.<Integer>write(session -> session.update(
                "UPDATE sync_leases SET run = '', until_millis = 0 WHERE scope = ? AND name = ? AND token = ?",
                lease.target().scope(),
                lease.target().collection(),
                lease.token()));
    }

    /**
     * A lease that is over although its run has not ended.
     *
     * @param untilMillis as it was when it was looked at: a holder who says more moves it
     */
    public record Over(Target target, RunId run, long token, long untilMillis) {}

    /** Leases of runs that have not ended, of whose holders nothing was heard in time, or that are known to be gone. */
    public List<Over> over() {
        return database.read(session -> {
            List<Over> over = new ArrayList<>();
            session.stream(
                    "SELECT l.holder, l.run, l.token, l.until_millis, l.cancel_asked_by, l.scope, l.name FROM sync_leases l"
                            + " JOIN sync_runs r ON r.scope = l.scope AND r.run = l.run WHERE r.status = 'RUNNING'",
                    found -> {
                        Row row = Row.of(found);
                        if (!alive(row)) {
                            over.add(new Over(
                                    new Target(found.getString(6), found.getString(7)),
                                    new RunId(row.run()),
                                    row.token(),
                                    row.untilMillis()));
                        }
                    });
            return over;
        });
    }

    /**
     * Takes the right to write from a holder of whom nothing was heard, and says whether it still was so. The lease goes on naming
     * the run, so that whoever takes it next knows what to carry on.
     */
    public boolean revoke(Over over) {
        return database.<Integer>write(session -> session.update(
                        "UPDATE sync_leases SET token = token + 1, until_millis = 0"
                                + " WHERE scope = ? AND name = ? AND run = ? AND token = ? AND until_millis = ?",
                        over.target().scope(),
                        over.target().collection(),
                        over.run().text(),
                        over.token(),
                        over.untilMillis()))
                > 0;
    }

    /**
     * Asks the process that a run is in, whichever that is, to end it.
     *
     * @return whether any process holds a lease for it
     */
    public boolean askToCancel(RunId run, String by) {
        return database.<Integer>write(session -> session.update(
                        "UPDATE sync_leases SET cancel_asked_by = ? WHERE run = ? AND until_millis > ?",
                        by,
                        run.text(),
                        clock.millis()))
                > 0;
    }

    /** To be done in every transaction of a run, before anything else: RUN_LOST if the lease is another's by now. */
    public static Work<Boolean> fence(Lease lease) {
        return session -> {
            boolean held = session.first(
                            ROW + session.dialect().lockingRow(),
                            Row::of,
                            lease.target().scope(),
                            lease.target().collection())
                    .filter(row -> row.token() == lease.token()
                            && row.run().equals(lease.run().text()))
                    .isPresent();
            if (!held) {
                throw lost();
            }
            return true;
        };
    }

    static HoldfastException lost() {
        return new HoldfastException(
                ErrorCode.RUN_LOST,
                "Another process has taken this run over, because nothing was heard of this one; it writes nothing more.");
    }
}
