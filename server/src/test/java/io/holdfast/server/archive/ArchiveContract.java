package io.holdfast.server.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.audit.Target;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive must do on every engine; a subclass names the database. */
abstract class ArchiveContract {

    private static final Duration AGE = Duration.ofDays(90);

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T10:00:00Z");
    private final SplittableRandom random = new SplittableRandom(4);
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

    private RunId run(List<String> keys) {
        clock.advance(Duration.ofMinutes(1));
        RunId run = RunId.next(clock, random);
        SqlRunJournal journal = new SqlRunJournal(database, clock);
        journal.started(new RunStart(run, new Target("shop", "c"), "s", Cause.SCHEDULED, "x", Optional.empty(), false));
        for (int i = 0; i < keys.size(); i++) {
            journal.record(
                    run, new RecordFate(i, keys.get(i), i % 2 == 0 ? Fate.CREATED : Fate.FAILED, "C", "d \"ü\n"));
        }
        journal.error(run, new RunError(Phase.FETCH, ErrorCategory.SOURCE, "X", "m", 0, "", 1, ""));
        journal.ended(run, new RunOutcome(RunStatus.SUCCEEDED, "{}"));
        return run;
    }

    private Archive archive(Database over, Path place) {
        return new Archive(over, place, clock);
    }

    private static List<RecordEntry> found(Archive archive, LogFilter filter) {
        List<RecordEntry> all = new ArrayList<>();
        archive.search(filter, all::add);
        return all;
    }

    private List<RecordEntry> logged(LogFilter filter) {
        return new SqlRunLog(database).records(filter, Optional.empty(), 1_000);
    }

    private long rows() {
        return database.read(session -> {
            long rows = 0;
            for (String table : List.of("runs", "audit_logs", "record_logs", "error_logs", "metrics")) {
                rows += session.first("SELECT count(*) FROM sync_" + table, row -> row.getLong(1))
                        .orElse(0L);
            }
            return rows;
        });
    }

    @Test
    void whatIsArchivedIsFoundAsItWasInTheJournal() {
        Gen<List<List<String>>> runs = Gens.pick("a", "b", "ü").list(0, 5).list(0, 4);
        Gen<LogFilter> filters = Gens.pick(
                LogFilter.ALL,
                LogFilter.ALL.withKey("a"),
                LogFilter.ALL.withStatus(Set.of("FAILED")),
                LogFilter.ALL.withScopes(Set.of("other")));
        Property.of("the archive answers as the journal did").tries(8).forAll(runs, filters, (work, filter) -> {
            work.forEach(this::run);
            List<RecordEntry> before = logged(filter);
            Archive archive = archive(database, folder.resolve("a" + ++folders));
            clock.advance(AGE.plusMinutes(1));
            List<Manifest> written = archive.step(AGE);
            assertThat(written.stream().mapToLong(Manifest::runs).sum()).isEqualTo(work.size());
            assertThat(found(archive, filter)).isEqualTo(before);
            assertThat(rows()).isZero();
        });
    }

    @Test
    void youngerRunsAndThoseThatRunStay() {
        run(List.of("a"));
        clock.advance(AGE);
        RunId young = run(List.of("b"));
        Archive archive = archive(database, folder);
        assertThat(archive.step(AGE)).hasSize(1);
        assertThat(logged(LogFilter.ALL)).extracting(RecordEntry::run).containsExactly(young);
        assertThat(found(archive, LogFilter.ALL))
                .extracting(entry -> entry.fate().key())
                .containsExactly("a");
        assertThat(archive.step(AGE)).isEmpty();
    }

    @Test
    void afterACrashBetweenFileAndDeletionNothingIsLostOrTwice() {
        for (int survived = 0; survived < 3; survived++) {
            Path place = folder.resolve("crash" + survived);
            run(List.of("a"));
            run(List.of("b"));
            run(List.of("c"));
            clock.advance(AGE.plusMinutes(1));
            Archive killed = archive(new BreakingDatabase(database, new AtomicInteger(survived)), place);
            assertThatThrownBy(() -> killed.step(AGE)).hasMessage("killed");
            Archive next = archive(database, place);
            assertThat(next.step(AGE)).isEmpty();
            assertThat(rows()).isZero();
            assertThat(found(next, LogFilter.ALL))
                    .extracting(entry -> entry.fate().key())
                    .containsExactly("c", "b", "a");
        }
    }

    @Test
    void aFileWithoutAManifestIsWrittenAnew() throws IOException {
        RunId run = run(List.of("a"));
        clock.advance(AGE.plusMinutes(1));
        Files.writeString(folder.resolve("journal-" + run + ".ndjson.zst"), "half a file");
        Archive archive = archive(database, folder);
        assertThat(archive.step(AGE)).hasSize(1);
        assertThat(found(archive, LogFilter.ALL)).hasSize(1);
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws IOException {
        run(List.of("a"));
        clock.advance(AGE.plusMinutes(1));
        Path place = folder.resolve("private");
        archive(database, place).step(AGE);
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void whileOneArchivesIntoAFolderAnotherIsRefused() {
        run(List.of("a"));
        clock.advance(AGE.plusMinutes(1));
        Archive archive = archive(database, folder);
        try (ArchiveFolder.Hold other = new ArchiveFolder(folder).hold()) {
            assertThatThrownBy(() -> archive.step(AGE))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_IN_USE));
            assertThat(rows()).isPositive();
        }
        assertThat(archive.step(AGE)).hasSize(1);
    }

    @Test
    void tellsNothingOfADamagedFile() throws IOException {
        run(List.of("a"));
        clock.advance(AGE.plusMinutes(1));
        Archive archive = archive(database, folder);
        Path file = folder.resolve(archive.step(AGE).getFirst().file());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> found(archive, LogFilter.ALL))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHIVE_DAMAGED));
    }
}
