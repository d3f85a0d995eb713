package io.holdfast.server.dashboard;

import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.storage.sql.ColumnType;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Computes dashboards from the rows of runs. Thread-safe. */
public final class Dashboards {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int HOURS = 24;
    private static final int DAYS = 7;

    private final Database database;

    /** Reads a database, which stays its owner's to close. */
    public Dashboards(Database database) {
        this.database = database;
    }

    /**
     * The dashboard at an instant.
     *
     * @param scopes the only ones that count; empty for all
     */
    public Dashboard at(Instant now, Optional<Set<String>> scopes) {
        return database.read(session -> {
            Buckets hours = new Buckets(now, HOUR, HOURS);
            Buckets days = new Buckets(now, DAY, DAYS);
            Scoped scoped = Scoped.of(session, scopes);
            session.stream(
                    "SELECT status, started_at_millis, ended_at_millis, records, errors FROM sync_runs WHERE run >= ?"
                            + " AND dry_run = 0 AND status <> 'RUNNING' AND status <> 'CANCELLED'" + scoped.condition(),
                    row -> {
                        long started = row.getLong(2);
                        Rate one = one(row);
                        hours.add(started, one);
                        days.add(started, one);
                    },
                    scoped.parameters(oldestRun(now.minus(DAY.multipliedBy(DAYS)))));
            return new Dashboard(
                    now,
                    lastSync(session, scoped),
                    hours.sum(),
                    days.sum(),
                    gaps(session, scoped),
                    openGaps(session, scoped),
                    hours.all(),
                    days.all());
        });
    }

    /** A condition on the scope, and what it is bound to. */
    private record Scoped(String condition, Optional<Session.Texts> texts) {
        static Scoped of(Session session, Optional<Set<String>> scopes) {
            return scopes.map(only -> new Scoped(
                            " AND "
                                    + session.dialect()
                                            .among(new SqlColumn("scope", ColumnType.of(ColumnType.Kind.TEXT))),
                            Optional.of(new Session.Texts(List.copyOf(only)))))
                    .orElseGet(() -> new Scoped("", Optional.empty()));
        }

        @Nullable
        Object[] parameters(String... before) {
            List<@Nullable Object> all = new ArrayList<>(List.of(before));
            texts.ifPresent(all::add);
            return all.toArray();
        }
    }

    /** Runs' ids order by the time of their start, so that an index leads to the recent ones. */
    private static String oldestRun(Instant from) {
        return String.format("%012x", Math.max(0, from.toEpochMilli()));
    }

    private static Rate one(ResultSet row) throws SQLException {
        RunStatus status = RunStatus.valueOf(row.getString(1));
        long millis = Math.max(0, row.getLong(3) - row.getLong(2));
        return new Rate(
                1,
                status == RunStatus.SUCCEEDED ? 1 : 0,
                status == RunStatus.PARTIAL ? 1 : 0,
                row.getLong(4),
                row.getLong(5),
                TimeUnit.MILLISECONDS.toMicros(millis));
    }

    private static Optional<Instant> lastSync(Session session, Scoped scoped) throws SQLException {
        return session.first(
                "SELECT ended_at_millis FROM sync_runs WHERE run >= '' AND dry_run = 0"
                        + " AND status IN ('SUCCEEDED', 'PARTIAL')" + scoped.condition() + " ORDER BY run DESC LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                scoped.parameters());
    }

    private static long gaps(Session session, Scoped scoped) throws SQLException {
        return session.first(
                        "SELECT coalesce(sum(r.gaps + r.mismatches), 0) FROM (SELECT scope, max(run) AS newest"
                                + " FROM sync_runs WHERE verified <> 0 AND dry_run = 0" + scoped.condition()
                                + " GROUP BY scope, collection) AS latest"
                                + " JOIN sync_runs r ON r.scope = latest.scope AND r.run = latest.newest",
                        row -> row.getLong(1),
                        scoped.parameters())
                .orElse(0L);
    }

    private static long openGaps(Session session, Scoped scoped) throws SQLException {
        return session.first(
                        "SELECT count(*) FROM hf_gap WHERE state IN ('OPEN', 'REPAIRING')" + scoped.condition(),
                        row -> row.getLong(1),
                        scoped.parameters())
                .orElse(0L);
    }

    /** Stretches of time that end now. */
    private static final class Buckets {
        private final Instant from;
        private final Instant until;
        private final Duration width;
        private final int count;
        private final Map<Long, Rate> rates = new TreeMap<>();

        Buckets(Instant now, Duration width, int count) {
            this.until = now;
            this.from = now.minus(width.multipliedBy(count));
            this.width = width;
            this.count = count;
        }

        void add(long startedMillis, Rate rate) {
            Instant started = Instant.ofEpochMilli(startedMillis);
            if (!started.isBefore(from) && started.isBefore(until)) {
                rates.merge(Duration.between(from, started).dividedBy(width), rate, Rate::plus);
            }
        }

        Rate sum() {
            return rates.values().stream().reduce(Rate.NONE, Rate::plus);
        }

        List<Trend> all() {
            List<Trend> all = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                all.add(new Trend(from.plus(width.multipliedBy(i)), rates.getOrDefault(i, Rate.NONE)));
            }
            return all;
        }
    }
}
