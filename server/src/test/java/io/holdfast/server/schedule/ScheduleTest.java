package io.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.audit.Target;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final SplittableRandom random = new SplittableRandom(8);
    private final List<String> started = new ArrayList<>();
    private Optional<ErrorCode> refusal = Optional.empty();
    private Database database;
    private List<Schedule> processes = List.of();

    @BeforeEach
    void openDatabase() {
        database = SqliteDatabase.open(folder.resolve("server.db"));
        processes = List.of(process("one"), process("two"), process("three"));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Schedule process(String name) {
        return new Schedule(
                new Jobs(database, clock, name),
                new SqlRunLog(database),
                (source, cause, by) -> {
                    started.add(source.name() + " " + cause + " " + clock.instant());
                    refusal.ifPresent(code -> {
                        throw new HoldfastException(code, "refused");
                    });
                },
                clock);
    }

    private static SettingsVersion settings(String source, String more) {
        String json =
                "{\"sources\": [{\"name\": \"sellers\", \"location\": \"l\", \"mapping\": \"m\", \"scope\": \"shop\", "
                        + source + "}]" + more + "}";
        return new SettingsVersion(1, Instant.parse("2026-11-20T10:00:00Z"), "ann", "", SettingsJson.read(json));
    }

    private void step(SettingsVersion settings) {
        processes.forEach(process -> process.step(settings));
    }

    @Test
    void anIntervalStartsARunOnceInEachOfAllProcesses() {
        SettingsVersion settings = settings("\"intervalMinutes\": 10", "");
        Property.of("once an interval, across processes")
                .tries(5)
                .forAll(Gens.ints(1, 400).list(1, 30), pauses -> {
                    started.clear();
                    clock.advance(Duration.ofHours(1));
                    step(settings);
                    Instant last = clock.instant();
                    int expected = 1;
                    for (int seconds : pauses) {
                        clock.advance(Duration.ofSeconds(seconds));
                        step(settings);
                        if (Duration.between(last, clock.instant()).compareTo(Duration.ofMinutes(10)) >= 0) {
                            expected++;
                            last = clock.instant();
                        }
                    }
                    assertThat(started).hasSize(expected);
                });
    }

    @Test
    void aCronStartsARunAtItsPoints() {
        SettingsVersion settings = settings("\"cron\": \"30 10,11 * * *\"", "");
        for (int minute = 0; minute < 120; minute++) {
            step(settings);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(started)
                .containsExactly("sellers SCHEDULED 2026-11-20T10:30:00Z", "sellers SCHEDULED 2026-11-20T11:30:00Z");
    }

    @Test
    void v46AShorterIntervalHoldsAtOnce() {
        step(settings("\"intervalMinutes\": 600", ""));
        clock.advance(Duration.ofMinutes(6));
        step(settings("\"intervalMinutes\": 600", ""));
        assertThat(started).hasSize(1);
        step(settings("\"intervalMinutes\": 5", ""));
        assertThat(started).hasSize(2);
    }

    @Test
    void aSourceThatIsDisabledOrHasNoIntervalDoesNotRun() {
        step(settings("\"intervalMinutes\": 10, \"enabled\": false", ""));
        step(settings("\"intervalMinutes\": 0", ""));
        assertThat(started).isEmpty();
    }

    @Test
    void aRunThatCannotBeginIsTriedAgainAfterAMinute() {
        SettingsVersion settings = settings("\"intervalMinutes\": 60", "");
        refusal = Optional.of(ErrorCode.SETTINGS_INVALID);
        step(settings);
        clock.advance(Duration.ofSeconds(59));
        step(settings);
        assertThat(started).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        refusal = Optional.empty();
        step(settings);
        clock.advance(Duration.ofMinutes(5));
        step(settings);
        assertThat(started).hasSize(2);
    }

    @Test
    void whereARunWorksAlreadyTheTurnIsOver() {
        refusal = Optional.of(ErrorCode.RUN_ACTIVE);
        step(settings("\"intervalMinutes\": 60", ""));
        clock.advance(Duration.ofMinutes(2));
        step(settings("\"intervalMinutes\": 60", ""));
        assertThat(started).hasSize(1);
    }

    private void ended(Cause cause, Fate fate) {
        ended(cause, fate, RunStatus.PARTIAL);
    }

    private void ended(Cause cause, Fate fate, RunStatus status) {
        ended(cause, fate, status, false);
    }

    private void ended(Cause cause, Fate fate, RunStatus status, boolean dry) {
        clock.advance(Duration.ofSeconds(1));
        RunId run = RunId.next(clock, random);
        SqlRunJournal journal = new SqlRunJournal(database, clock);
        journal.started(new RunStart(run, new Target("shop", "c"), "sellers", cause, "x", Optional.empty(), dry));
        journal.record(run, RecordFate.of(1, "k", fate));
        journal.ended(run, new RunOutcome(status, ""));
    }

    @Test
    void recordsThatFailedAreTriedAgainOnceAfterFiveMinutes() {
        SettingsVersion settings = settings("\"intervalMinutes\": 0", "");
        ended(Cause.MANUAL, Fate.FAILED);
        clock.advance(Duration.ofSeconds(299));
        step(settings);
        assertThat(started).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        step(settings);
        clock.advance(Duration.ofMinutes(1));
        step(settings);
        assertThat(started).singleElement().asString().startsWith("sellers RETRY");
        ended(Cause.RETRY, Fate.FAILED);
        clock.advance(Duration.ofMinutes(30));
        step(settings);
        assertThat(started).hasSize(1);
        ended(Cause.MANUAL, Fate.FAILED);
        clock.advance(Duration.ofMinutes(30));
        step(settings);
        assertThat(started).hasSize(2);
    }

    @Test
    void aRunThatBrokeOffAfterItLeftRecordsOutIsRepeatedAndACancelledOneIsNot() {
        SettingsVersion settings = settings("\"intervalMinutes\": 0", "");
        ended(Cause.SCHEDULED, Fate.FAILED, RunStatus.CANCELLED);
        clock.advance(Duration.ofMinutes(6));
        step(settings);
        assertThat(started).isEmpty();
        ended(Cause.SCHEDULED, Fate.FAILED, RunStatus.FAILED);
        clock.advance(Duration.ofMinutes(6));
        step(settings);
        assertThat(started).singleElement().asString().startsWith("sellers RETRY");
    }

    /** Looking what a run would do, or only verifying, mends nothing: the records that failed are still to be tried again. */
    @Test
    void aDryRunInBetweenHidesNoRetryAndCausesNone() {
        SettingsVersion settings = settings("\"intervalMinutes\": 0", "");
        ended(Cause.MANUAL, Fate.FAILED);
        ended(Cause.COMMAND, Fate.CREATED, RunStatus.SUCCEEDED, true);
        clock.advance(Duration.ofMinutes(6));
        step(settings);
        assertThat(started).singleElement().asString().startsWith("sellers RETRY");
        ended(Cause.RETRY, Fate.CREATED, RunStatus.SUCCEEDED);
        ended(Cause.COMMAND, Fate.FAILED, RunStatus.PARTIAL, true);
        clock.advance(Duration.ofMinutes(6));
        step(settings);
        assertThat(started).hasSize(1);
    }

    @Test
    void v45RecoveryCanBeSwitchedOffAndOn() {
        ended(Cause.MANUAL, Fate.FAILED);
        clock.advance(Duration.ofMinutes(6));
        step(settings("\"intervalMinutes\": 0", ", \"recovery\": {\"enabled\": false}"));
        assertThat(started).isEmpty();
        step(settings("\"intervalMinutes\": 0", ", \"recovery\": {\"enabled\": true}"));
        assertThat(started).hasSize(1);
    }

    @Test
    void aRunWhoseRecordsAllStandIsNotRepeated() {
        ended(Cause.MANUAL, Fate.QUARANTINED);
        clock.advance(Duration.ofHours(1));
        step(settings("\"intervalMinutes\": 0", ""));
        assertThat(started).isEmpty();
    }
}
