package io.holdfast.server.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.server.audit.EventLog;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive must do with events of device sync on every engine; a subclass names the database. */
abstract class EventArchiveContract {

    private static final Duration AGE = Duration.ofDays(90);

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T10:00:00Z");
    private Database database;
    private int folders;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private void happened(String scope) {
        clock.advance(Duration.ofMillis(scope.length() % 2));
        database.<Integer>write(session -> session.update(
                "INSERT INTO hf_audit (scope, entry, at_millis, who, event, detail) VALUES (?,"
                        + " (SELECT coalesce(max(entry), 0) + 1 FROM hf_audit WHERE scope = ?), ?, 'holdfast', 'GAP_FOUND', ?)",
                scope,
                scope,
                clock.millis(),
                "a \"gap\" of ü\n"));
    }

    private Archive archive(Database over) {
        return new Archive(over, folder.resolve("a" + folders), clock);
    }

    private List<SyncEvent> logged(LogFilter filter) {
        return new EventLog(database).events(filter, Optional.empty(), RunLog.PAGE_MAX);
    }

    private static List<SyncEvent> archived(Archive archive, LogFilter filter) {
        List<SyncEvent> events = new ArrayList<>();
        archive.events(filter, events::add);
        return events;
    }

    private static List<SyncEvent> inOrder(Stream<SyncEvent> events) {
        return events.sorted(Comparator.comparing(SyncEvent::position).reversed())
                .toList();
    }

    private void nothing() {
        folders++;
        database.<Integer>write(session -> session.update("DELETE FROM hf_audit"));
    }

    @Test
    void whatIsArchivedIsFoundAsItWasAndTheNewestOfEachScopeStays() {
        Gen<List<String>> scopes = Gens.pick("a", "ü", "bb", "ccc").list(0, 12);
        Gen<LogFilter> filters = Gens.pick(
                LogFilter.ALL,
                LogFilter.ALL.withScopes(Set.of("a", "bb")),
                LogFilter.ALL.withUntil(clock.instant().plusMillis(3)),
                LogFilter.ALL.withFrom(clock.instant().plusMillis(2)));
        Property.of("archive and log have together what the log had")
                .tries(12)
                .forAll(scopes, filters, (work, filter) -> {
                    nothing();
                    work.forEach(this::happened);
                    List<SyncEvent> before = logged(filter);
                    clock.advance(AGE.plusMinutes(1));
                    Archive archive = archive(database);
                    List<Manifest> written = archive.step(AGE);
                    List<SyncEvent> left = logged(LogFilter.ALL);
                    assertThat(left).extracting(SyncEvent::scope).containsExactlyInAnyOrderElementsOf(Set.copyOf(work));
                    assertThat(written.stream().mapToLong(Manifest::rows).sum()).isEqualTo(work.size() - left.size());
                    assertThat(inOrder(Stream.concat(archived(archive, filter).stream(), logged(filter).stream())))
                            .isEqualTo(before);
                    assertThat(archive.step(AGE)).isEmpty();
                });
    }

    @Test
    void youngerEventsStay() {
        happened("a");
        happened("a");
        clock.advance(AGE);
        happened("a");
        Archive archive = archive(database);
        archive.step(AGE);
        assertThat(archived(archive, LogFilter.ALL))
                .extracting(SyncEvent::entry)
                .containsExactly(2L, 1L);
        assertThat(logged(LogFilter.ALL)).extracting(SyncEvent::entry).containsExactly(3L);
    }

    @Test
    void numbersGoOnAfterTheArchive() {
        happened("a");
        happened("a");
        clock.advance(AGE.plusMinutes(1));
        archive(database).step(AGE);
        happened("a");
        assertThat(logged(LogFilter.ALL)).extracting(SyncEvent::entry).containsExactly(3L, 2L);
    }

    @Test
    void afterACrashBetweenFileAndDeletionNothingIsLostOrTwice() {
        List.of("a", "b", "a", "b", "a").forEach(this::happened);
        clock.advance(AGE.plusMinutes(1));
        Archive killed = archive(new BreakingDatabase(database, new AtomicInteger(0)));
        assertThatThrownBy(() -> killed.step(AGE)).hasMessage("killed");
        happened("b");
        assertThat(logged(LogFilter.ALL)).hasSize(6);

        Archive next = archive(database);
        next.step(AGE);
        assertThat(inOrder(Stream.concat(archived(next, LogFilter.ALL).stream(), logged(LogFilter.ALL).stream())))
                .extracting(event -> event.scope() + event.entry())
                .containsExactly("b3", "a3", "b2", "a2", "b1", "a1");
        assertThat(logged(LogFilter.ALL)).hasSize(2);
    }

    @Test
    void anotherEventUnderTheSameNumberIsNotTakenForTheArchivedOne() {
        happened("a");
        happened("a");
        clock.advance(AGE.plusMinutes(1));
        Archive archive = archive(database);
        archive.step(AGE);
        // As after a backup of the database came back: number 1 at the same moment, about something else.
        long at = archived(archive, LogFilter.ALL).getFirst().at().toEpochMilli();
        database.<Integer>write(session -> session.update(
                "INSERT INTO hf_audit (scope, entry, at_millis, who, event, detail) VALUES ('a', 1, ?, 'x', 'GAP_CLOSED', 'other')",
                at));
        archive.step(AGE);
        assertThat(archived(archive, LogFilter.ALL))
                .extracting(SyncEvent::detail)
                .contains("other", "a \"gap\" of ü\n");
    }
}
