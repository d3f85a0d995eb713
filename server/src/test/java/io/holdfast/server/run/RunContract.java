package io.holdfast.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.alerts.WatchedJournal;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunEvent;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.schedule.Jobs;
import io.holdfast.server.schedule.Schedule;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.storage.SqlEngine;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a real database: what stands in its tables afterwards, and what the journal says. */
abstract class RunContract {

    @TempDir
    Path folder;

    SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final SeededRandom random = new SeededRandom(1);
    SqlEngine engine;
    Database database;
    Office office;

    abstract SqlEngine newEngine();

    @BeforeEach
    void open() {
        engine = newEngine();
        database = engine.open();
        office = new Office(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    Runs runs(String process) {
        return runs(process, database);
    }

    private Runs runs(String process, Database leases) {
        Machine machine = new Machine(clock, System::nanoTime, random);
        SqlRunJournal journal = new SqlRunJournal(database, clock);
        return new Runs(
                leases,
                new Holder(process, other -> other.startsWith("dead")),
                new RunTools(journal, machine, length -> clock.advance(length), folder),
                RunListener.NONE);
    }

    RunReport run(RunRequest request) {
        clock.advance(Duration.ofSeconds(1));
        return runs("first").claim(request).run(RunListener.NONE);
    }

    String value(String sql) {
        return engine.value(sql);
    }

    @Test
    void bringsSheetIntoTableAndThenWritesNothing() {
        office.writes("S-1,Ann,12.5,\ns-2 ,Bob,,\n\nS-1,Ann,12.50,\n");
        RunReport first = run(office.sync());
        assertThat(RunReportJson.of(first))
                .startsWith(
                        "{\"run\":\"" + first.run() + "\",\"outcome\":\"SUCCEEDED\",\"source\":{\"rows\":4,\"blank\":1,"
                                + "\"records\":3,\"duplicates\":1},\"target\":{\"created\":2,\"updated\":0,\"unchanged\":0,"
                                + "\"deleted\":0},\"failed\":0,\"quarantined\":0,\"verification\":{\"equal\":true,"
                                + "\"sourceCount\":2,\"targetCount\":2,\"gaps\":0,\"surplus\":0,\"mismatches\":0},\"phases\":{");
        assertThat(value("SELECT count(*) FROM sellers")).isEqualTo("2");
        assertThat(value("SELECT name FROM sellers WHERE id = 'S-2'")).isEqualTo("Bob");
        String head = value("SELECT sequence FROM hf_scope");

        RunReport second = run(office.sync());
        assertThat(second.records().unchanged()).isEqualTo(2);
        assertThat(second.records().created() + second.records().updated()).isZero();
        assertThat(value("SELECT sequence FROM hf_scope")).isEqualTo(head);
        assertThat(second.fine()).isTrue();
    }

    /** Whatever breaks a run, the journal says that it ended: else it would be shown as running for ever. */
    @Test
    void aRunThatBreaksOffOnAnErrorOfTheVirtualMachineEndsInTheJournal() {
        for (Error error : List.of(new OutOfMemoryError("heap"), new StackOverflowError())) {
            RunReport broken = run(office.breaking(error));
            assertThat(broken.failure()).isPresent();
            assertThat(value("SELECT status FROM sync_runs WHERE run = '" + broken.run() + "'"))
                    .isEqualTo("FAILED");
            assertThat(value("SELECT count(*) FROM sync_error_logs WHERE run = '" + broken.run() + "'"))
                    .isEqualTo("1");
        }
        office.writes("S-1,Ann,1,\n");
        assertThat(run(office.sync()).fine()).isTrue();
    }

    /** The file is only hashed then; nothing is believed of the target. */
    @Test
    void takesAnUnchangedFileForWhatItWasButNotTheTarget() {
        office.writes("S-1,Ann,1,\nS-2,Bob,2,\nS-1,Ann,1,\n");
        run(office.sync());
        engine.execute("UPDATE hf_reading SET duplicates = 77");
        assertThat(value("SELECT duplicates FROM hf_reading")).isEqualTo("77");
        RunReport remembered = run(office.sync());
        assertThat(remembered.source().duplicates()).isEqualTo(77);
        assertThat(remembered.records().unchanged()).isEqualTo(2);
        assertThat(remembered.fine()).isTrue();

        engine.execute("DELETE FROM sellers WHERE id = 'S-2'");
        RunReport mended = run(office.sync());
        assertThat(mended.records().created() + mended.records().updated()).isOne();
        assertThat(mended.fine()).isTrue();
        assertThat(value("SELECT name FROM sellers WHERE id = 'S-2'")).isEqualTo("Bob");

        office.writes("S-1,Ann,1,\nS-2,Bo,2,\nS-1,Ann,1,\n");
        assertThat(run(office.sync()).records().updated()).isOne();
        RunReport otherMapping = run(office.request(RunMode.SYNC, "zone: Europe/Berlin\n"));
        assertThat(otherMapping.source().duplicates()).isOne();
    }

    @Test
    void writesWhatChangedAndDeletesWhatIsGone() {
        office.writes("S-1,Ann,1,\nS-2,Bob,2,\nS-3,Cid,3,\n");
        run(office.request(RunMode.SYNC, "deletions: remove\n"));
        office.writes("S-1,Ann,1,\nS-2,Bo,2,\nS-4,Dan,4,\n");
        RunReport report = run(office.request(RunMode.SYNC, "deletions: remove\n"));
        assertThat(report.records()).isEqualTo(new RunReport.Records(1, 1, 1, 1, 0, 0, 0, 0, 0));
        assertThat(report.fine()).isTrue();
        assertThat(value("SELECT count(*) FROM sellers")).isEqualTo("3");
        assertThat(value("SELECT name FROM sellers WHERE id = 'S-2'")).isEqualTo("Bo");
    }

    @Test
    void marksWhatIsGoneAndTakesTheMarkAway() {
        String mark = "deletions: mark\n";
        office.writes("S-1,Ann,1,\nS-2,Bob,2,\n");
        run(office.request(RunMode.SYNC, mark));
        office.writes("S-1,Ann,1,\n");
        RunReport gone = run(office.request(RunMode.SYNC, mark));
        assertThat(gone.records().deleted()).isOne();
        assertThat(gone.fine()).isTrue();
        assertThat(value("SELECT source_missing FROM sellers WHERE id = 'S-2'")).isIn("t", "1");
        assertThat(run(office.request(RunMode.SYNC, mark)).records().deleted()).isZero();
        office.writes("S-1,Ann,1,\nS-2,Bob,2,\n");
        RunReport back = run(office.request(RunMode.SYNC, mark));
        assertThat(back.fine()).isTrue();
        assertThat(value("SELECT source_missing FROM sellers WHERE id = 'S-2'")).isEqualTo("null");
    }

    /** Also rows that another program added, changed and took away: the digests see the rows, not what we believe of them. */
    @Test
    void mendsWhatAnotherProgramHasDone() {
        String remove = "deletions: remove\n";
        office.writes("S-1,Ann,1,\nS-2,Bob,2,\nS-3,Cid,3,\n");
        run(office.request(RunMode.SYNC, remove));
        engine.execute("UPDATE sellers SET name = 'Eve' WHERE id = 'S-1'");
        engine.execute("DELETE FROM sellers WHERE id = 'S-2'");
        engine.execute("INSERT INTO sellers (scope, id, name, number) VALUES ('office', 'S-9', 'Mallory', 'S-9')");
        RunReport seen = run(office.request(RunMode.VERIFY, remove));
        assertThat(seen.verification().orElseThrow().equal()).isFalse();
        assertThat(seen.verification().orElseThrow().gaps()).isOne();
        assertThat(seen.verification().orElseThrow().surplus()).isOne();
        assertThat(seen.verification().orElseThrow().mismatches()).isOne();
        assertThat(seen.verification().orElseThrow().fields()).containsOnlyKeys("name");

        RunReport report = run(office.request(RunMode.SYNC, remove));
        assertThat(report.verification().orElseThrow().equal()).isTrue();
        assertThat(value("SELECT name FROM sellers WHERE id = 'S-1'")).isEqualTo("Ann");
        assertThat(value("SELECT count(*) FROM sellers")).isEqualTo("3");
    }

    @Test
    void dryRunsWriteNoRecord() {
        office.writes("S-1,Ann,1,\nS-2,,2,1\n");
        RunReport report = run(office.request(RunMode.DRY_RUN, ""));
        assertThat(report.records().created()).isOne();
        assertThat(report.records().failed()).isOne();
        assertThat(report.verification().orElseThrow().gaps()).isOne();
        assertThat(value("SELECT count(*) FROM sellers")).isEqualTo("0");
        assertThat(value("SELECT dry_run FROM sync_runs")).isIn("1", "t");
    }

    @Test
    void isolatesWhatTheDatabaseRefuses() {
        office.writes("S-1,Ann,1,\n");
        run(office.sync());
        refuseNames("Eve");
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            rows.add("S-" + i + "," + (i % 100 == 7 ? "Eve" : "Ann") + ",1,");
        }
        office.writes(rows);
        RunReport report = run(office.sync());
        assertThat(report.records().created()).isEqualTo(296);
        assertThat(report.records().failed()).isEqualTo(3);
        assertThat(report.records().refused()).isEqualTo(3);
        assertThat(report.outcome()).isEqualTo(RunStatus.PARTIAL);
        assertThat(report.verification().orElseThrow().gaps()).isEqualTo(3);
        assertThat(value("SELECT count(*) FROM sellers")).isEqualTo("297");
        SqlRunLog log = new SqlRunLog(database);
        LogFilter failed = LogFilter.ALL.withRun(report.run()).withStatus(Set.of(Fate.FAILED.name()));
        assertThat(log.records(failed, Optional.empty(), 10))
                .extracting(entry -> entry.fate().key())
                .containsExactly("S-107", "S-207", "S-7");
    }

    abstract void refuseNames(String name);

    /** From what the run wrote into its journal to what the clock does with it. */
    @Test
    void aRunThatLeftRefusedRecordsIsRepeatedAfterFiveMinutes() {
        office.writes("S-1,Ann,1,\n");
        run(office.sync());
        refuseNames("Eve");
        office.writes("S-1,Ann,1,\nS-2,Eve,1,\nS-3,Bob,1,\n");
        RunRequest request = office.sync();
        assertThat(run(request).records().refused()).isOne();
        List<Cause> started = new ArrayList<>();
        Schedule schedule = new Schedule(
                new Jobs(database, clock, "one"),
                new SqlRunLog(database),
                (source, cause, by) -> started.add(cause),
                clock);
        SettingsVersion settings = new SettingsVersion(
                1,
                clock.instant(),
                "ann",
                "",
                SettingsJson.read("{\"sources\": [{\"name\": \""
                        + request.source().name()
                        + "\", \"location\": \"l\", \"mapping\": \"m\", \"scope\": \"office\","
                        + " \"intervalMinutes\": 0}]}"));

        clock.advance(Duration.ofSeconds(299));
        schedule.step(settings);
        assertThat(started).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        schedule.step(settings);
        assertThat(started).containsExactly(Cause.RETRY);
    }

    /** A process asks for a run, or lets one that it has begun come to its end. */
    private record Trigger(boolean second, boolean ends) {}

    /** Whoever asks while a run is active learns its id, and disturbs it not at all. */
    @Test
    void v17ASecondTriggerIsRefusedWithTheIdOfTheFirst() {
        office.writes("S-1,Ann,1,\n");
        Gen<List<Trigger>> triggers =
                Gens.zip(Gens.booleans(), Gens.booleans(), Trigger::new).list(0, 8);
        List<Runs> processes = List.of(runs("first"), runs("second"));
        Property.of("V17: a second trigger is refused").tries(6).shrinks(40).forAll(triggers, all -> {
            Optional<ClaimedRun> active = Optional.empty();
            for (Trigger trigger : all) {
                clock.advance(Duration.ofMillis(1));
                Runs process = processes.get(trigger.second() ? 1 : 0);
                if (trigger.ends()) {
                    active.ifPresent(
                            run -> assertThat(run.run(RunListener.NONE).fine()).isTrue());
                    active = Optional.empty();
                } else if (active.isEmpty()) {
                    active = Optional.of(process.claim(office.sync()));
                } else {
                    refused(process, active.get());
                }
            }
            active.ifPresent(run -> run.run(RunListener.NONE));
        });
    }

    @Test
    void aRunThatIsAbandonedBeforeItBeginsGivesItsTargetBackAndIsForgotten() {
        office.writes("S-1,Ann,1,\n");
        Runs process = runs("first");
        ClaimedRun never = process.claim(office.sync());
        never.abandon();
        assertThatThrownBy(() -> process.cancel(never.id(), "ann"))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND));
        RunReport next = runs("second").claim(office.sync()).run(RunListener.NONE);
        assertThat(next.fine()).isTrue();
        assertThat(value("SELECT count(*) FROM sync_runs")).isEqualTo("1");
    }

    @Test
    void aRunOfThisProcessIsCancelledWhileTheDatabaseIsAway() {
        office.writes("S-1,Ann,1,\n");
        Outages outages = new Outages(database);
        Runs process = runs("first", outages);
        ClaimedRun run = process.claim(office.sync());
        outages.begin();
        process.cancel(run.id(), "ann");
        outages.end();
        run.run(RunListener.NONE);
        assertThat(value("SELECT status FROM sync_runs")).isEqualTo("CANCELLED");
    }

    private void refused(Runs process, ClaimedRun active) {
        assertThatThrownBy(() -> process.claim(office.sync()))
                .isInstanceOfSatisfying(HoldfastException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.RUN_ACTIVE);
                    assertThat(failure.context())
                            .containsEntry("run", active.id().text());
                });
    }

    /** What may become of a run. */
    private enum Course {
        GOES_WELL,
        HAS_INVALID_ROWS,
        IS_CANCELLED,
        FINDS_NO_SOURCE
    }

    /** However a run ends, its last word in the journal is its summary, and there is none before. */
    @Test
    void v16ASummaryEndsEveryRun() {
        Gen<RunMode> modes = Gens.pick(RunMode.values());
        Property.of("V16: a summary ends it")
                .tries(10)
                .shrinks(40)
                .forAll(Gens.pick(Course.values()), modes, Gens.ints(0, 4), (course, mode, size) -> {
                    StringBuilder rows = new StringBuilder(course == Course.HAS_INVALID_ROWS ? "S-9,,1,\n" : "");
                    for (int i = 0; i < size; i++) {
                        rows.append("S-").append(i).append(",Ann,1,\n");
                    }
                    office.writes(rows.toString());
                    RunRequest request = office.request(mode, "");
                    if (course == Course.FINDS_NO_SOURCE) {
                        office.losesTheSheet();
                    }
                    ends(course, request);
                });
    }

    private void ends(Course course, RunRequest request) {
        clock.advance(Duration.ofSeconds(1));
        SqlRunLog log = new SqlRunLog(database);
        Runs runs = runs("first");
        ClaimedRun claimed = runs.claim(request);
        if (course == Course.IS_CANCELLED) {
            runs.cancel(claimed.id(), "bob");
        }
        RunReport report = claimed.run(new RunListener() {
            @Override
            public void progress(RunId run, Progress progress) {
                Run meanwhile = log.run(run, Optional.empty()).orElseThrow();
                assertThat(meanwhile.status()).isEqualTo(RunStatus.RUNNING);
                assertThat(meanwhile.summary()).isEmpty();
            }

            @Override
            public void ended(RunReport report) {}
        });
        assertThat(report.outcome())
                .isEqualTo(
                        switch (course) {
                            case GOES_WELL -> request.mode() == RunMode.SYNC ? RunStatus.SUCCEEDED : report.outcome();
                            case HAS_INVALID_ROWS -> RunStatus.PARTIAL;
                            case IS_CANCELLED -> RunStatus.CANCELLED;
                            case FINDS_NO_SOURCE -> RunStatus.FAILED;
                        });
        Run ended = log.run(report.run(), Optional.empty()).orElseThrow();
        assertThat(ended.status()).isEqualTo(report.outcome());
        assertThat(ended.summary()).isEqualTo(RunReportJson.of(report));
        assertThat(log.events(report.run()).getLast().kind()).isEqualTo(RunEvent.Kind.ENDED);
    }

    @Test
    void takesARunOverWhenItsTimeIsUpAndTheFormerWritesNothingMore() {
        office.writes("S-1,Ann,1,\n");
        run(office.sync());
        ClaimedRun former = runs("first").claim(office.sync());
        office.writes("S-1,Bob,1,\n");
        clock.advance(Duration.ofSeconds(16));
        ClaimedRun next = runs("second").claim(office.sync());
        RunReport lost = former.run(RunListener.NONE);
        assertThat(lost.failure().orElseThrow().code()).isEqualTo(ErrorCode.RUN_LOST);
        assertThat(value("SELECT name FROM sellers")).isEqualTo("Ann");
        assertThat(next.run(RunListener.NONE).fine()).isTrue();
        assertThat(value("SELECT name FROM sellers")).isEqualTo("Bob");
        SqlRunLog log = new SqlRunLog(database);
        Run told = log.run(former.id(), Optional.empty()).orElseThrow();
        assertThat(told.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(log.events(next.id())).extracting(RunEvent::kind).contains(RunEvent.Kind.RECOVERED);
    }

    /** A run that stopped in the middle, as if its process were killed: nothing more is heard of it. */
    private RunId killed(String process) {
        ClaimedRun run = runs(process).claim(office.sync());
        new SqlRunJournal(database, clock)
                .started(new RunStart(
                        run.id(), office.sync().target(), "sellers", Cause.SCHEDULED, "ann", Optional.empty(), false));
        return run.id();
    }

    private RunStatus status(RunId run) {
        return new SqlRunLog(database).run(run, Optional.empty()).orElseThrow().status();
    }

    @Test
    void aRunWhoseLeaseIsOverIsEndedOnceWithoutWaitingForTheNextRun() {
        office.writes("S-1,Ann,1,\n");
        RunId lost = killed("first");
        clock.advance(Leases.LENGTH.minusMillis(1));
        runs("second").endLost();
        assertThat(status(lost)).isEqualTo(RunStatus.RUNNING);
        clock.advance(Duration.ofMillis(1));
        runs("second").endLost();
        runs("third").endLost();
        assertThat(status(lost)).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(new SqlRunLog(database).events(lost))
                .extracting(RunEvent::kind)
                .containsExactly(RunEvent.Kind.STARTED, RunEvent.Kind.ENDED);
        RunReport next = run(office.sync());
        assertThat(next.fine()).isTrue();
        assertThat(new SqlRunLog(database)
                        .run(next.run(), Optional.empty())
                        .orElseThrow()
                        .start()
                        .resumes())
                .contains(lost);
    }

    @Test
    void ofServersThatFindALostRunAtTheSameMomentOneEndsIt() throws Exception {
        office.writes("S-1,Ann,1,\n");
        RunId lost = killed("dead 1");
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService together = Executors.newFixedThreadPool(2)) {
            Callable<Boolean> server = () -> {
                start.await();
                runs("second").endLost();
                return true;
            };
            for (Future<Boolean> end : together.invokeAll(List.of(server, server))) {
                assertThat(end.get()).isTrue();
            }
        }
        assertThat(status(lost)).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(new SqlRunLog(database).events(lost)).hasSize(2);
    }

    @Test
    void aHolderThatOnlySleptWritesNothingAfterItsRunWasEnded() {
        office.writes("S-1,Ann,1,\n");
        ClaimedRun slept = runs("first").claim(office.sync());
        RunReport report = slept.run(new RunListener() {
            @Override
            public void progress(RunId run, Progress progress) {
                if (progress.phase() == Phase.UPDATE) {
                    clock.advance(Leases.LENGTH);
                    runs("second").endLost();
                }
            }

            @Override
            public void ended(RunReport ended) {}
        });
        assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.RUN_LOST);
        assertThat(value("SELECT count(*) FROM sellers")).isEqualTo("0");
        assertThat(status(slept.id())).isEqualTo(RunStatus.INTERRUPTED);
    }

    @Test
    void nobodyIsAskedToCancelALostRun() {
        office.writes("S-1,Ann,1,\n");
        RunId lost = killed("first");
        clock.advance(Leases.LENGTH);
        assertThatThrownBy(() -> runs("second").cancel(lost, "bob"))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    /** Whoever reads of a run's end, at whatever moment, may start the next one. */
    @Test
    void theTargetIsFreeTheMomentThatTheJournalHasTheEnd() {
        office.writes("S-1,Ann,1,\n");
        List<ClaimedRun> next = new ArrayList<>();
        SqlRunJournal journal = new SqlRunJournal(database, clock);
        WatchedJournal watched = new WatchedJournal(
                journal, List.of(ended -> next.add(runs("second").claim(office.sync()))));
        Machine machine = new Machine(clock, System::nanoTime, random);
        Runs first = new Runs(
                database,
                new Holder("first", gone -> false),
                new RunTools(watched, machine, length -> clock.advance(length), folder),
                RunListener.NONE);
        assertThat(first.claim(office.sync()).run(RunListener.NONE).fine()).isTrue();
        assertThat(next).hasSize(1);
        assertThat(next.getFirst().run(RunListener.NONE).fine()).isTrue();
    }

    /** Triggers name the columns, so another program has to make the table anew to lose one. */
    @Test
    void aTargetWithOtherColumnsIsRefusedByName() {
        office.writes("S-1,Ann,1,\n");
        run(office.sync());
        engine.execute("DROP TABLE sellers");
        assertThat(run(office.sync()).failure().orElseThrow()).isInstanceOfSatisfying(HoldfastException.class, gone -> {
            assertThat(gone.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH);
            assertThat(gone).hasMessageContaining("The table sellers was taken out");
        });
        engine.execute("CREATE TABLE sellers (hf_scope TEXT, id TEXT, number TEXT, other TEXT)");
        assertThat(run(office.sync()).failure().orElseThrow())
                .isInstanceOfSatisfying(HoldfastException.class, other -> {
                    assertThat(other.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH);
                    assertThat(other).hasMessageContaining("changed, name, price");
                });
    }

    @Test
    void aProcessKnownToBeGoneIsNotWaitedFor() {
        office.writes("S-1,Ann,1,\n");
        runs("dead 1").claim(office.sync());
        assertThat(runs("second").claim(office.sync()).run(RunListener.NONE).fine())
                .isTrue();
    }

    @Test
    void aCancelledRunLeavesWholeRecords() {
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= 2_500; i++) {
            rows.add("S-" + i + ",Ann,1,");
        }
        office.writes(rows);
        Runs runs = runs("first");
        ClaimedRun claimed = runs.claim(office.sync());
        RunReport report = claimed.run(new RunListener() {
            @Override
            public void progress(RunId run, Progress progress) {
                if (progress.phase() == Phase.UPDATE && progress.done() == 1_000) {
                    runs.cancel(run, "bob");
                }
            }

            @Override
            public void ended(RunReport report) {}
        });
        assertThat(report.outcome()).isEqualTo(RunStatus.CANCELLED);
        assertThat(value("SELECT count(*) FROM sellers")).isEqualTo("1000");
        assertThat(value("SELECT count(*) FROM sellers WHERE name IS NULL")).isEqualTo("0");
        RunReport again = run(office.sync());
        assertThat(again.records().created()).isEqualTo(1_500);
        assertThat(again.records().unchanged()).isEqualTo(1_000);
        assertThat(again.fine()).isTrue();
    }
}
