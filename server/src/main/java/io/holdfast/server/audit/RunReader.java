package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rows of {@code sync_runs}. Stateless. */
final class RunReader {

    /** What {@code verified} says of a run whose verification found nothing wrong; 0 for one that did not come to it. */
    static final long EQUAL = 1;

    /** Of one whose verification found something. */
    static final long DIFFERENT = 2;

    private RunReader() {}

    /** Runs that meet the conditions, newest first. */
    static List<Run> read(Session session, Conditions conditions, int limit) throws SQLException {
        return session.query(
                "SELECT * FROM sync_runs WHERE " + conditions.text() + " ORDER BY run DESC LIMIT " + limit,
                RunReader::run,
                conditions.parameters());
    }

    private static Run run(ResultSet row) throws SQLException {
        long ended = row.getLong("ended_at_millis");
        return new Run(
                start(row),
                RunStatus.valueOf(row.getString("status")),
                new Progress(Phase.valueOf(row.getString("phase")), row.getLong("done"), row.getLong("total")),
                new Counts(RunRows.fates(row), row.getLong("errors")),
                row.getLong("verified") == 0 ? Optional.empty() : Optional.of(verification(row)),
                Instant.ofEpochMilli(row.getLong("started_at_millis")),
                Instant.ofEpochMilli(row.getLong("seen_at_millis")),
                ended == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended)),
                row.getString("summary"));
    }

    private static RunStart start(ResultSet row) throws SQLException {
        String resumes = row.getString("resumes");
        return new RunStart(
                new RunId(row.getString("run")),
                new Target(row.getString("scope"), row.getString("collection")),
                row.getString("source"),
                Cause.valueOf(row.getString("cause")),
                row.getString("started_by"),
                resumes.isEmpty() ? Optional.empty() : Optional.of(new RunId(resumes)),
                row.getLong("dry_run") != 0);
    }

    private static Verification verification(ResultSet row) throws SQLException {
        return new Verification(
                row.getLong("verified") == EQUAL,
                row.getLong("source_count"),
                row.getLong("target_count"),
                row.getLong("gaps"),
                row.getLong("surplus"),
                row.getLong("mismatches"),
                Map.of());
    }
}
