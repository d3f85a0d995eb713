package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.faults.StruckDatabase.Blow;
import io.holdfast.cli.run.ChildProcess;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of a run of an XLSX file into a real PostgreSQL if the database, the process or the file fails in the middle of a
 * phase: each is a row of the table of faults in {@code docs/runs.md}.
 */
@Tag("faults")
class RunFaultsTest {

    private static final int SELLERS = 2_500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path TABLE = Path.of("..", "docs", "runs.md");

    @TempDir
    private static Path place;

    private static Postgres server;

    @TempDir
    private Path folder;

    private SellersSheet sheet;
    private SellersTable table;

    @BeforeAll
    static void startServer() {
        server = Postgres.start(place);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void write() {
        sheet = SellersSheet.in(folder);
        sheet.write(SELLERS);
        table = SellersTable.at(server.freshUrl());
    }

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aRunWhoseConnectionsAreCutGoesOn(Phase phase) {
        AtomicLong seen = new AtomicLong();
        RunReport report = table.run(
                sheet,
                Blow.in(phase, () -> {
                    seen.set(whole());
                    table.terminate();
                }),
                () -> await().atMost(PATIENCE).until(table::answers));
        goesOn("its connections are cut (`pg_terminate_backend`)", phase, seen.get(), report);
    }

    @Test
    void aRunGoesOnWhenTheDatabaseIsBack() {
        stopped(Phase.UPDATE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"FETCH", "COMPARE", "VERIFY"})
    @Tag("long") // The server's recovery takes ten seconds each time.
    void aRunGoesOnWhenTheDatabaseIsBackInEveryOtherPhase(Phase phase) {
        stopped(phase);
    }

    private void stopped(Phase phase) {
        AtomicLong seen = new AtomicLong();
        AtomicBoolean down = new AtomicBoolean();
        RunReport report = table.run(
                sheet,
                Blow.in(phase, () -> {
                    seen.set(whole());
                    server.stopImmediately();
                    down.set(true);
                }),
                () -> {
                    if (down.compareAndSet(true, false)) {
                        server.startAgain();
                    }
                    await().atMost(PATIENCE).until(table::answers);
                });
        goesOn("the database is stopped at once, and started again", phase, seen.get(), report);
    }

    private void goesOn(String fault, Phase phase, long seen, RunReport report) {
        connectAnew();
        assertThat(seen).isEqualTo(committed(phase));
        assertComplete(report, SELLERS);
        assertThat(report.records().created()).isEqualTo(SELLERS);
        Run told = table.told(report.run());
        assertThat(told.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(told.counts().of(Fate.CREATED)).isEqualTo(SELLERS);
        String journal = "`SUCCEEDED`";
        if (phase != Phase.FETCH) { // which may be over before anybody misses a connection
            assertThat(table.recoveries(told)).containsExactly("RECONNECTED");
            assertThat(table.errors(told)).contains("UNAVAILABLE in " + phase);
            journal = "`SUCCEEDED`; `UNAVAILABLE`, then `RECONNECTED`";
        }
        row(phase, fault, seen, journal, next(0, SELLERS));
    }

    @Test
    void aRunWhoseDatabaseStaysAwayIsCarriedOnByTheNext() {
        RunReport report = table.runUntilSilence(sheet, Phase.UPDATE);
        assertThat(report.outcome()).isEqualTo(RunStatus.FAILED);
        connectAnew();
        long left = whole();
        assertThat(left).isEqualTo(committed(Phase.UPDATE));
        assertThat(table.told(report.run()).status()).isEqualTo(RunStatus.RUNNING);
        String next = next(SELLERS - left, left);
        row(Phase.UPDATE, "the database is gone, and stays away", left, broken(table.told(report.run())), next);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aRunWhoseProcessIsKilledIsCarriedOnByTheNext(Phase phase) {
        killed(phase, "the process is killed (`kill -9`)");
    }

    @Test
    void aRunIntoTheEmbeddedDatabaseWhoseProcessIsKilledIsCarriedOnByTheNext() {
        table.close();
        table = SellersTable.at(SellersTable.SQLITE + folder.resolve("server.db"));
        killed(Phase.UPDATE, "the process is killed, with the embedded database");
    }

    private void killed(Phase phase, String fault) {
        try (ChildProcess process =
                ChildProcess.start(folder, RunProgram.class, List.of(), table.url(), folder.toString(), phase.name())) {
            assertThat(process.line()).isEqualTo("there");
            process.kill();
        }
        Run killed = table.newest();
        assertThat(killed.status()).isEqualTo(RunStatus.RUNNING);
        long left = whole();
        assertThat(left).isEqualTo(committed(phase));
        String next = next(SELLERS - left, left);
        row(phase, fault, left, broken(table.told(killed.id())), next);
    }

    private static String broken(Run run) {
        assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
        return "`INTERRUPTED`, by the next run";
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"FETCH", "VERIFY"})
    void aFileThatIsCutShortIsRefused(Phase phase) {
        source(phase, "the file is cut short", sheet::truncate);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"FETCH", "VERIFY"})
    void aFileThatIsTakenAwayIsRefused(Phase phase) {
        source(phase, "the file is taken away", sheet::remove);
    }

    private void source(Phase phase, String fault, Runnable strike) {
        RunReport report = table.run(sheet, Blow.whileReading(phase, strike), () -> {});
        assertThat(report.outcome()).isEqualTo(RunStatus.FAILED);
        Run told = table.told(report.run());
        assertThat(told.status()).isEqualTo(RunStatus.FAILED);
        long left = whole();
        assertThat(left).isEqualTo(committed(phase));
        String code = report.failure().orElseThrow().code().name();
        assertThat(table.errors(told)).contains(code + " in " + phase);
        sheet.write(SELLERS);
        row(phase, fault, left, "`FAILED`; `" + code + "`", next(SELLERS - left, left));
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"FETCH", "VERIFY"})
    void aFileThatIsWrittenAnewIsReadAnew(Phase phase) {
        int more = SELLERS + 500;
        AtomicLong seen = new AtomicLong();
        RunReport report = table.run(
                sheet,
                Blow.whileReading(phase, () -> {
                    seen.set(whole());
                    sheet.write(more);
                }),
                () -> {});
        assertComplete(report, more);
        Run told = table.told(report.run());
        String journal = "`SUCCEEDED`; `SOURCE_CHANGED`, then `" + String.join("`, `", table.recoveries(told)) + "`";
        assertThat(table.errors(told)).contains("SOURCE_CHANGED in " + phase);
        row(phase, "the file is written anew, with 500 rows more", seen.get(), journal, next(0, more));
    }

    /** As another process: of this one's connections some may be of the time before the strike. */
    private void connectAnew() {
        table.close();
        table = SellersTable.at(table.url());
    }

    /** Rows that others see when a run is struck in the middle of a phase. */
    private static long committed(Phase phase) {
        return switch (phase) {
            case FETCH, COMPARE -> 0;
            case UPDATE -> 1_000;
            case VERIFY -> SELLERS;
        };
    }

    /** Rows as others see them; none that is not whole. */
    private long whole() {
        long all = table.rows();
        assertThat(table.wholeRows()).isEqualTo(all);
        return all;
    }

    private void assertComplete(RunReport report, int sellers) {
        assertThat(report.outcome()).as(report.toString()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.verification().orElseThrow().equal()).isTrue();
        assertThat(whole()).isEqualTo(sellers);
    }

    /** The next run writes what is missing, and nothing twice. */
    private String next(long created, long unchanged) {
        RunReport report = table.run(sheet);
        assertComplete(report, (int) (created + unchanged));
        assertThat(report.records().created()).isEqualTo(created);
        assertThat(report.records().unchanged()).isEqualTo(unchanged);
        assertThat(report.records().updated()).isZero();
        return created == 0 ? "writes nothing; equal" : "creates " + created + "; equal";
    }

    /** What was seen just now stands in the documents. */
    private static void row(Phase phase, String fault, long left, String journal, String next) {
        String row = "| " + fault + " | " + phase + " | " + left + " | " + journal + " | " + next + " |";
        System.out.println("faults: " + row);
        try {
            assertThat(Files.readAllLines(TABLE)).contains(row);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
