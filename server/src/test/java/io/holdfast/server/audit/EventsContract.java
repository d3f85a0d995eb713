package io.holdfast.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the list of events must do on every engine; a subclass names the database. */
abstract class EventsContract {

    /** Their order by bytes is another than by UTF-16. */
    private static final Gen<String> SCOPES = Gens.pick("ann", "\uE000/'", "\uD83D\uDE00");

    private static final Gen<SyncEvent> EVENTS = Gens.zip(
            Gens.longs(1_000, 1_004), SCOPES, Gens.ints(0, 2), Gens.longs(1, 1_000_000), EventsContract::event);

    private Database database;
    private EventLog log;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        log = new EventLog(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private static RunId run(int number) {
        return new RunId("%032x".formatted(number));
    }

    /** @param origin 0 for device sync, otherwise the run */
    private static SyncEvent event(long millis, String scope, int origin, long entry) {
        return new SyncEvent(
                Instant.ofEpochMilli(millis),
                scope,
                origin == 0 ? Optional.empty() : Optional.of(run(origin)),
                entry,
                origin == 0 ? "GAP_FOUND" : "PHASE_ENDED",
                "holdfast",
                origin == 0 ? "gap 1, ROW_CHANGED" : "millis 12, phase FETCH");
    }

    /** Of one scope and run each number once. */
    private static List<SyncEvent> numbered(Collection<SyncEvent> events) {
        Map<List<Object>, SyncEvent> numbered = new LinkedHashMap<>();
        events.forEach(event -> numbered.putIfAbsent(List.of(event.scope(), event.run(), event.entry()), event));
        return List.copyOf(numbered.values());
    }

    /** Those whose numbers were not there yet. */
    private void write(List<SyncEvent> events) {
        database.<Boolean>write(session -> {
            for (SyncEvent event : events) {
                String table = event.run().isEmpty() ? "hf_audit" : "sync_audit_logs";
                String detail = event.run().isEmpty() ? event.detail() : "{\"millis\":\"12\",\"phase\":\"FETCH\"}";
                List<Object> row = new ArrayList<>(List.of(
                        event.scope(), event.entry(), event.at().toEpochMilli(), event.who(), event.kind(), detail));
                event.run().ifPresent(run -> row.add(run.text()));
                session.update(
                        "INSERT INTO " + table + " (scope, entry, at_millis, who, event, detail"
                                + (event.run().isEmpty()
                                        ? ") VALUES (?, ?, ?, ?, ?, ?)"
                                        : ", run) VALUES (?, ?, ?, ?, ?, ?, ?)")
                                + " ON CONFLICT DO NOTHING",
                        row.toArray());
            }
            return true;
        });
    }

    private void clear() {
        database.<Boolean>write(session -> {
            session.update("DELETE FROM hf_audit");
            session.update("DELETE FROM sync_audit_logs");
            return true;
        });
    }

    private List<SyncEvent> all() {
        return log.events(LogFilter.ALL, Optional.empty(), RunLog.PAGE_MAX);
    }

    @Test
    void pagesShowWhatWasThereOnceAndInOneOrderWhileBothKindsGrow() {
        Property.of("events by pages")
                .tries(40)
                .forAll(EVENTS.list(0, 25), EVENTS.list(0, 25), Gens.ints(1, 7), (first, later, limit) -> {
                    clear();
                    write(first);
                    List<SyncEvent> before = all();
                    assertThat(before).containsExactlyInAnyOrderElementsOf(numbered(first));
                    assertThat(before)
                            .isSortedAccordingTo(
                                    Comparator.comparing(SyncEvent::position).reversed());
                    List<SyncEvent> seen = new ArrayList<>();
                    List<SyncEvent> page = log.events(LogFilter.ALL, Optional.empty(), limit);
                    int written = 0;
                    while (!page.isEmpty()) {
                        seen.addAll(page);
                        int next = Math.min(written + limit, later.size());
                        write(later.subList(written, next));
                        written = next;
                        EventPosition last = EventPosition.of(
                                        page.getLast().position().toString())
                                .orElseThrow();
                        page = log.events(LogFilter.ALL, Optional.of(last), limit);
                    }
                    assertThat(seen).doesNotHaveDuplicates().containsAll(before);
                    assertThat(seen)
                            .isSortedAccordingTo(
                                    Comparator.comparing(SyncEvent::position).reversed());
                });
    }

    @Test
    void whatIsLookedForIsFoundAndNothingElse() {
        Gen<LogFilter> filters = Gens.pick(
                LogFilter.ALL.withScopes(Set.of("ann")),
                LogFilter.ALL.withScopes(Set.of()),
                LogFilter.ALL.withFrom(Instant.ofEpochMilli(1_002)),
                LogFilter.ALL.withUntil(Instant.ofEpochMilli(1_002)).withScopes(Set.of("\uD83D\uDE00", "ann")),
                LogFilter.ALL.withRun(run(1)));
        Property.of("events by conditions").tries(40).forAll(EVENTS.list(0, 25), filters, (events, filter) -> {
            clear();
            // A run has one scope.
            write(events.stream()
                    .filter(event -> event.run().isEmpty() || event.scope().equals("ann"))
                    .toList());
            runs();
            assertThat(log.events(filter, Optional.empty(), RunLog.PAGE_MAX))
                    .containsExactlyInAnyOrderElementsOf(
                            all().stream().filter(event -> meets(filter, event)).toList());
        });
    }

    /** The rows of the runs that events name. */
    private void runs() {
        database.<Boolean>write(session -> {
            session.update("DELETE FROM sync_runs");
            for (int i = 1; i <= 2; i++) {
                session.update(
                        "INSERT INTO sync_runs (scope, run, collection, source, cause, started_by, resumes, dry_run, status, phase,"
                                + " done, total, records, created, updated, unchanged, deleted, kept, duplicates, quarantined,"
                                + " failed, errors, verified, source_count, target_count, gaps, surplus, mismatches,"
                                + " started_at_millis, seen_at_millis, ended_at_millis, summary) VALUES ('ann', ?, 'c', 's',"
                                + " 'MANUAL', 'x', '', 0, 'RUNNING', 'FETCH', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,"
                                + " 0, 0, 0, 0, '')",
                        run(i).text());
            }
            return true;
        });
    }

    private static boolean meets(LogFilter filter, SyncEvent event) {
        return filter.scopes().map(only -> only.contains(event.scope())).orElse(true)
                && filter.run().map(run -> event.run().equals(Optional.of(run))).orElse(true)
                && filter.from().map(first -> !event.at().isBefore(first)).orElse(true)
                && filter.until().map(event.at()::isBefore).orElse(true);
    }

    @Test
    void positionsOfOthersAreNone() {
        assertThat(EventPosition.of("")).isEmpty();
        assertThat(EventPosition.of("12//5")).isEmpty();
        assertThat(EventPosition.of("12/abc/5/ann")).isEmpty();
        assertThat(EventPosition.of("-12//5/ann")).isEmpty();
        assertThat(EventPosition.of("12//5/a/n\nn")).contains(new EventPosition(12, "a/n\nn", "", 5));
    }
}
