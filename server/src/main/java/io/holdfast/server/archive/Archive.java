package io.holdfast.server.archive;

import io.holdfast.core.json.JsonTree;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Moves the journal of runs long past, and events of device sync, into files, and looks into these. Thread-safe; of all processes one at a time archives into a
 * folder.
 *
 * <p>The rows of some hundreds of runs go into one file; the file and then its manifest are on the disk before the first row is
 * deleted. After a crash the rows that a manifest names are deleted without being written again; a file without a manifest
 * is written anew.
 */
public final class Archive {

    /** Most runs in a file. */
    static final int RUNS_MAX = 500;

    private static final String RECORDS = "sync_record_logs";

    /** The run's own row goes last, so that what is left of a run after a crash is still found by it. */
    private static final List<String> TABLES =
            List.of("sync_audit_logs", RECORDS, "sync_error_logs", "sync_metrics", "sync_runs");

    private final Database database;
    private final ArchiveFolder folder;
    private final EventArchive events;
    private final InstantSource clock;

    /** An archive in a folder, of a database, which stays its owner's to close. */
    public Archive(Database database, Path folder, InstantSource clock) {
        this.database = database;
        this.folder = new ArchiveFolder(folder);
        this.events = new EventArchive(database, this.folder, clock);
        this.clock = clock;
    }

    private record Old(String scope, RunId run, long startedMillis, long endedMillis) {}

    /**
     * Archives the runs that ended, and the events of device sync that happened, longer ago than that, and says what was written.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_IO; STORE_IN_USE if another process archives into the folder right now;
     *     ARCHIVE_DAMAGED if rows would have to be deleted whose file is not what was written
     */
    public List<Manifest> step(Duration age) {
        long before = clock.instant().minus(age).toEpochMilli();
        if (folder.manifests().isEmpty() && old(before).isEmpty() && events.idle(before)) {
            return List.of();
        }
        try (ArchiveFolder.Hold alone = folder.hold()) {
            return alone(before);
        }
    }

    private List<Manifest> alone(long before) {
        folder.manifests().forEach(this::finish);
        List<Manifest> written = new ArrayList<>();
        for (List<Old> runs = old(before); !runs.isEmpty(); runs = old(before)) {
            written.add(archive(runs));
        }
        written.addAll(events.archive(before));
        return written;
    }

    private List<Old> old(long beforeMillis) {
        List<Old> oldest = database.read(session -> session.query(
                "SELECT scope, run, started_at_millis, ended_at_millis FROM sync_runs WHERE run >= '' AND ended_at_millis > 0"
                        + " AND ended_at_millis <= ? ORDER BY run LIMIT " + RUNS_MAX,
                Archive::old,
                beforeMillis));
        return oldest.reversed();
    }

    private static Old old(ResultSet row) throws SQLException {
        return new Old(row.getString(1), new RunId(row.getString(2)), row.getLong(3), row.getLong(4));
    }

    private Manifest archive(List<Old> runs) {
        RunId oldest = runs.getLast().run();
        String name = "journal-" + oldest + ".ndjson.zst";
        long[] rows = {0};
        ArchiveFolder.Kept kept = folder.write(
                name,
                out -> database.<Boolean>read(session -> {
                    for (Old run : runs) {
                        for (String table : TABLES) {
                            rows[0] += write(session, table, run, out);
                        }
                    }
                    return true;
                }));
        Manifest manifest = new Manifest(
                name,
                kept.sha256(),
                kept.bytes(),
                runs.size(),
                rows[0],
                runs.getFirst().run(),
                oldest,
                Instant.ofEpochMilli(
                        runs.stream().mapToLong(Old::startedMillis).min().orElse(0)),
                Instant.ofEpochMilli(
                        runs.stream().mapToLong(Old::endedMillis).max().orElse(0)),
                clock.instant());
        folder.publish(manifest);
        runs.forEach(this::delete);
        return manifest;
    }

    private static long write(Session session, String table, Old run, Writer out) throws SQLException {
        long[] rows = {0};
        String order = table.equals("sync_runs") ? "run" : table.equals("sync_metrics") ? "metric" : "entry";
        session.stream(
                "SELECT * FROM " + table + " WHERE scope = ? AND run = ? ORDER BY " + order,
                row -> {
                    ArchivedLine.write(out, ArchivedLine.of(table, row));
                    rows[0]++;
                },
                run.scope(),
                run.run().text());
        return rows[0];
    }

    /** Deletes what a file has, if it was written and a crash came between. */
    private void finish(Manifest manifest) {
        if (manifest.ofEvents()) {
            events.finish(manifest);
            return;
        }
        List<Old> left = database.read(session -> session.query(
                "SELECT scope, run, started_at_millis, ended_at_millis FROM sync_runs WHERE run >= ? AND run <= ?"
                        + " AND ended_at_millis > 0 AND ended_at_millis <= ?",
                Archive::old,
                manifest.oldest().text(),
                manifest.newest().text(),
                manifest.until().toEpochMilli()));
        if (!left.isEmpty()) {
            folder.check(manifest);
            Set<String> held = new HashSet<>();
            folder.read(manifest, line -> {
                if (ArchivedLine.isOf("sync_runs", line)) {
                    held.add(Manifest.word(ArchivedLine.members(line), "run"));
                }
            });
            left.stream().filter(run -> held.contains(run.run().text())).forEach(this::delete);
        }
    }

    private void delete(Old run) {
        database.<Boolean>write(session -> {
            for (String table : TABLES) {
                session.update(
                        "DELETE FROM " + table + " WHERE scope = ? AND run = ?",
                        run.scope(),
                        run.run().text());
            }
            return true;
        });
    }

    /** Every file, the one with the newest runs first. */
    public List<Manifest> manifests() {
        return folder.manifests();
    }

    /**
     * Looks for what came of records, as {@link io.holdfast.server.audit.RunLog#records} does: the newest run first, within a run in
     * order. Each file's checksum is found right before anything of it is told.
     *
     * @param finder says whether it wants more
     * @throws io.holdfast.core.error.HoldfastException ARCHIVE_DAMAGED, STORE_IO
     */
    public void search(LogFilter filter, Predicate<RecordEntry> finder) {
        search(
                manifest -> !manifest.ofEvents() && concerns(manifest, filter),
                line -> ArchivedLine.isOf(RECORDS, line) ? entry(line, filter) : Optional.empty(),
                finder);
    }

    /**
     * Looks for what happened in runs and in device sync: the newest file first, the newest run of a file first, within a run in order;
     * of device sync the newest first. Of the filter scopes, run and time count.
     *
     * @param finder says whether it wants more
     * @throws io.holdfast.core.error.HoldfastException ARCHIVE_DAMAGED, STORE_IO
     */
    public void events(LogFilter filter, Predicate<SyncEvent> finder) {
        search(manifest -> concerns(manifest, filter), line -> EventArchive.event(line, filter), finder);
    }

    private <T> void search(Predicate<Manifest> files, Function<String, Optional<T>> reading, Predicate<T> finder) {
        boolean[] enough = {false};
        for (Manifest manifest : folder.manifests()) {
            if (!enough[0] && files.test(manifest)) {
                folder.read(manifest, line -> {
                    if (!enough[0]) {
                        reading.apply(line).ifPresent(found -> enough[0] = !finder.test(found));
                    }
                });
            }
        }
    }

    private static boolean concerns(Manifest manifest, LogFilter filter) {
        boolean inTime =
                filter.from().map(first -> !manifest.until().isBefore(first)).orElse(true)
                        && filter.until().map(manifest.from()::isBefore).orElse(true);
        boolean hasRun = filter.run()
                .map(run -> run.compareTo(manifest.oldest()) >= 0 && run.compareTo(manifest.newest()) <= 0)
                .orElse(true);
        return inTime && hasRun;
    }

    private static Optional<RecordEntry> entry(String line, LogFilter filter) {
        Map<String, JsonTree> members = ArchivedLine.members(line);
        RecordEntry entry = new RecordEntry(
                new RunId(Manifest.word(members, "run")),
                Manifest.number(members, "entry"),
                Instant.ofEpochMilli(Manifest.number(members, "at_millis")),
                new RecordFate(
                        Manifest.number(members, "source_row"),
                        Manifest.word(members, "record_key"),
                        Fate.valueOf(Manifest.word(members, "fate")),
                        Manifest.word(members, "code"),
                        Manifest.word(members, "detail")));
        Predicate<String> seen =
                scope -> filter.scopes().map(only -> only.contains(scope)).orElse(true);
        boolean meets = seen.test(Manifest.word(members, "scope"))
                && filter.run().map(entry.run()::equals).orElse(true)
                && filter.from().map(first -> !entry.at().isBefore(first)).orElse(true)
                && filter.until().map(entry.at()::isBefore).orElse(true)
                && filter.key().map(entry.fate().key()::equals).orElse(true)
                && (filter.status().isEmpty()
                        || filter.status().contains(entry.fate().fate().name()));
        return meets ? Optional.of(entry) : Optional.empty();
    }
}
