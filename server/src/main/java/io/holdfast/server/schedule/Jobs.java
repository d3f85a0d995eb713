package io.holdfast.server.schedule;

import io.holdfast.server.storage.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sees to it that of all processes of a database one does a job. Thread-safe.
 *
 * <p>Whoever claims a job has it for a while; if he goes away without a word, another one may claim it after that. The claim is one
 * conditional update, so that of two processes at the same moment one gets it.
 */
public final class Jobs {

    private static final String JOB =
            "SELECT name, due_at_millis, last_at_millis, failures FROM sync_jobs WHERE name = ?";

    private final Database database;
    private final InstantSource clock;
    private final String holder;

    /**
     * Jobs in a database, which stays its owner's to close.
     *
     * @param holder names this process, unlike any other
     */
    public Jobs(Database database, InstantSource clock, String holder) {
        this.database = database;
        this.clock = clock;
        this.holder = holder;
    }

    /** How things stand. */
    public Job look(String name) {
        return database.read(session -> session.first(JOB, Jobs::job, name)).orElseGet(() -> Job.fresh(name));
    }

    /**
     * Takes a job that is due, unless another process has it.
     *
     * @param seen as it was looked at: if it was done since, it is not due any more
     * @param length how long the job is kept from others if nothing more is heard of it
     */
    public boolean claim(Job seen, Duration length) {
        Instant now = clock.instant();
        if (now.isBefore(seen.dueAt())) {
            return false;
        }
        long last = seen.lastAt().map(Instant::toEpochMilli).orElse(0L);
        return database.<Integer>write(session -> {
                    session.update(
                            "INSERT INTO sync_jobs (name, due_at_millis, holder, until_millis, failures, last_at_millis)"
                                    + " VALUES (?, 0, '', 0, 0, 0) ON CONFLICT (name) DO NOTHING",
                            seen.name());
                    return session.update(
                            "UPDATE sync_jobs SET holder = ?, until_millis = ?"
                                    + " WHERE name = ? AND due_at_millis <= ? AND until_millis <= ? AND last_at_millis = ?",
                            holder,
                            now.plus(length).toEpochMilli(),
                            seen.name(),
                            now.toEpochMilli(),
                            now.toEpochMilli(),
                            last);
                })
                > 0;
    }

    /** Keeps a claimed job from others for longer, and says whether this process still has it. */
    public boolean keep(String name, Duration length) {
        return database.<Integer>write(session -> session.update(
                        "UPDATE sync_jobs SET until_millis = ? WHERE name = ? AND holder = ?",
                        clock.instant().plus(length).toEpochMilli(),
                        name,
                        holder))
                > 0;
    }

    /** The claimed job is done; it is not due before an instant. */
    public void done(String name, Instant dueAt) {
        database.<Integer>write(session -> session.update(
                "UPDATE sync_jobs SET holder = '', until_millis = 0, due_at_millis = ?, failures = 0, last_at_millis = ?"
                        + " WHERE name = ? AND holder = ?",
                dueAt.toEpochMilli(),
                clock.millis(),
                name,
                holder));
    }

    /** The claimed job failed; it is not due before an instant. */
    public void failed(String name, Instant dueAt) {
        database.<Integer>write(session -> session.update(
                "UPDATE sync_jobs SET holder = '', until_millis = 0, due_at_millis = ?, failures = failures + 1"
                        + " WHERE name = ? AND holder = ?",
                dueAt.toEpochMilli(),
                name,
                holder));
    }

    /** Moves the time of a job that this process has claimed, durably and before it is done. */
    public void postpone(String name, Instant dueAt) {
        database.<Integer>write(session -> session.update(
                "UPDATE sync_jobs SET due_at_millis = ? WHERE name = ? AND holder = ?",
                dueAt.toEpochMilli(),
                name,
                holder));
    }

    private static Job job(ResultSet row) throws SQLException {
        long last = row.getLong(3);
        return new Job(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                (int) row.getLong(4));
    }
}
