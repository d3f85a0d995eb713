package io.holdfast.server.archive;

import io.holdfast.core.json.JsonTree;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.audit.TimedId;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves what device sync left behind long ago into files of the archive, see {@link Archive}, whose hold on the folder it needs.
 *
 * <p>The newest entry of a scope stays, however old: the number of the next one follows from it.
 */
final class EventArchive {

    /** Most events in a file. */
    static final int EVENTS_MAX = 5_000;

    private static final String TABLE = "hf_audit";
    private static final String IN_RUNS = "sync_audit_logs";

    private static final String OLD = "SELECT a.* FROM hf_audit AS a WHERE a.at_millis >= ? AND a.at_millis <= ?"
            + " AND a.entry < (SELECT max(n.entry) FROM hf_audit AS n WHERE n.scope = a.scope)"
            + " ORDER BY a.at_millis, a.scope, a.entry LIMIT ";

    private final Database database;
    private final ArchiveFolder folder;
    private final InstantSource clock;

    EventArchive(Database database, ArchiveFolder folder, InstantSource clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
    }

    private record Key(String scope, long entry) {}

    private record Old(Key key, long atMillis, String line) {}

    /** Whether there is nothing to archive. */
    boolean idle(long beforeMillis) {
        return old(Long.MIN_VALUE, beforeMillis, 1).isEmpty();
    }

    /** Archives what happened up to then, and says what was written. */
    List<Manifest> archive(long beforeMillis) {
        List<Manifest> written = new ArrayList<>();
        for (List<Old> rows = oldest(beforeMillis); !rows.isEmpty(); rows = oldest(beforeMillis)) {
            written.add(archive(rows));
        }
        return written;
    }

    private List<Old> oldest(long beforeMillis) {
        return old(Long.MIN_VALUE, beforeMillis, EVENTS_MAX);
    }

    private List<Old> old(long fromMillis, long untilMillis, int most) {
        return database.read(session -> session.query(OLD + most, EventArchive::old, fromMillis, untilMillis));
    }

    private static Old old(ResultSet row) throws SQLException {
        return new Old(
                new Key(row.getString("scope"), row.getLong("entry")),
                row.getLong("at_millis"),
                ArchivedLine.of(TABLE, row));
    }

    private Manifest archive(List<Old> rows) {
        long from = rows.getFirst().atMillis();
        long until = rows.getLast().atMillis();
        String name = name(from);
        ArchiveFolder.Kept kept =
                folder.write(name, out -> rows.reversed().forEach(row -> ArchivedLine.write(out, row.line())));
        Manifest manifest = new Manifest(
                name,
                kept.sha256(),
                kept.bytes(),
                0,
                rows.size(),
                new RunId(TimedId.least(until)),
                new RunId(TimedId.least(from)),
                Instant.ofEpochMilli(from),
                Instant.ofEpochMilli(until),
                clock.instant());
        folder.publish(manifest);
        delete(rows.stream().map(Old::key).toList());
        return manifest;
    }

    /** Events of one moment may be in two files; one without a manifest is written anew. */
    private String name(long fromMillis) {
        String beginning = "events-" + TimedId.least(fromMillis);
        String name = beginning + ".ndjson.zst";
        for (int number = 2; folder.knows(name); number++) {
            name = beginning + "-" + number + ".ndjson.zst";
        }
        return name;
    }

    private void delete(List<Key> keys) {
        database.<Boolean>write(session -> {
            for (Key key : keys) {
                delete(session, key);
            }
            return true;
        });
    }

    private static void delete(Session session, Key key) throws SQLException {
        session.update("DELETE FROM hf_audit WHERE scope = ? AND entry = ?", key.scope(), key.entry());
    }

    /** Deletes what a file has, word for word, if it was written and a crash came between. */
    void finish(Manifest manifest) {
        List<Old> left = old(manifest.from().toEpochMilli(), manifest.until().toEpochMilli(), Integer.MAX_VALUE);
        if (!left.isEmpty()) {
            Set<String> held = new HashSet<>();
            folder.read(manifest, held::add);
            delete(left.stream()
                    .filter(row -> held.contains(row.line()))
                    .map(Old::key)
                    .toList());
        }
    }

    /** The event that a line of any file tells of, if it is one and meets the filter. */
    static Optional<SyncEvent> event(String line, LogFilter filter) {
        boolean inRun = ArchivedLine.isOf(IN_RUNS, line);
        if (!inRun && !ArchivedLine.isOf(TABLE, line)) {
            return Optional.empty();
        }
        Map<String, JsonTree> members = ArchivedLine.members(line);
        SyncEvent event = SyncEvent.of(
                Manifest.number(members, "at_millis"),
                Manifest.word(members, "scope"),
                inRun ? Manifest.word(members, "run") : "",
                Manifest.number(members, "entry"),
                Manifest.word(members, "event"),
                Manifest.word(members, "who"),
                Manifest.word(members, "detail"));
        boolean meets = filter.scopes()
                        .map(only -> only.contains(event.scope()))
                        .orElse(true)
                && filter.run().map(Optional::of).map(event.run()::equals).orElse(true)
                && filter.from().map(first -> !event.at().isBefore(first)).orElse(true)
                && filter.until().map(event.at()::isBefore).orElse(true);
        return meets ? Optional.of(event) : Optional.empty();
    }
}
