package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.Database;
import java.util.Map;
import java.util.TreeMap;

/** The raw figures of runs, see {@link Metric}. Thread-safe. */
public final class RunFigures {

    private final Database database;

    /** Reads a database, which stays its owner's to close. */
    public RunFigures(Database database) {
        this.database = database;
    }

    /** All figures of a run, by their names. */
    public Map<String, Long> of(RunId run) {
        return database.read(session -> {
            Map<String, Long> figures = new TreeMap<>();
            session.stream(
                    "SELECT m.metric, m.value FROM sync_runs r JOIN sync_metrics m ON m.scope = r.scope AND m.run = r.run"
                            + " WHERE r.run = ?",
                    row -> figures.put(row.getString(1), row.getLong(2)),
                    run.text());
            return figures;
        });
    }
}
