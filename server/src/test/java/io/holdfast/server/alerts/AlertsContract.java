package io.holdfast.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.alerts.mail.Mail;
import io.holdfast.server.alerts.mail.Mailing;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.Target;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.schedule.Jobs;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What alerts must do on every engine; a subclass names the database. */
abstract class AlertsContract {

    private static final String MAIL =
            "\"mail\": {\"enabled\": true, \"host\": \"localhost\", \"from\": \"h@example.org\","
                    + " \"to\": [\"ann@example.org\"]}";

    private static final Target TARGET = new Target("shop", "sellers");

    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final SplittableRandom random = new SplittableRandom(3);
    private final ListAppender<ILoggingEvent> console = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Alerts.class);
    private Database database;
    private AlertBook book;
    private Alerts alerts;
    private RunJournal journal;
    private SqlSettings settings;
    private LiveSettings live;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        book = new AlertBook(database, new AlertBook.AlertIds(clock, random));
        settings = new SqlSettings(database, clock);
        live = new LiveSettings(database, settings, () -> clock.millis() * 1_000_000);
        alerts = new Alerts(database, book, live);
        journal = new WatchedJournal(new SqlRunJournal(database, clock), List.of(alerts::ended));
        console.start();
        logger.addAppender(console);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void closeDatabase() {
        logger.detachAppender(console);
        logger.setLevel(null);
        logger.setAdditive(true);
        database.close();
    }

    private void set(String json) {
        settings.change(settings.current().version(), SettingsJson.read(json), "ann", "");
        clock.advance(LiveSettings.AGE_MAX);
    }

    private RunId begin() {
        return begin(false);
    }

    private RunId begin(boolean dry) {
        clock.advance(Duration.ofSeconds(1));
        RunId run = RunId.next(clock, random);
        journal.started(new RunStart(run, TARGET, "sellers", Cause.MANUAL, "ann", Optional.empty(), dry));
        return run;
    }

    private RunId end(RunStatus status) {
        RunId run = begin();
        journal.ended(run, new RunOutcome(status, ""));
        return run;
    }

    private List<Alert> all() {
        return book.list(Optional.empty(), Set.of(), "", 100);
    }

    private List<Alert> unresolved() {
        return book.list(Optional.empty(), Set.of(Alert.State.OPEN, Alert.State.ACKNOWLEDGED), "", 100);
    }

    private Finding.Holds gaps(int number) {
        return new Finding.Holds(AlertType.GAPS, number + " records are missing.");
    }

    @Test
    void runsThatFailOneAfterTheOtherRaiseOneAlertUntilOneSucceeds() {
        end(RunStatus.FAILED);
        end(RunStatus.FAILED);
        assertThat(all()).isEmpty();
        end(RunStatus.INTERRUPTED);
        RunId last = end(RunStatus.FAILED);
        assertThat(unresolved()).singleElement().satisfies(alert -> {
            assertThat(alert.type()).isEqualTo(AlertType.CONSECUTIVE_FAILURES);
            assertThat(alert.occurrences()).isEqualTo(2);
            assertThat(alert.run()).isEqualTo(last.text());
            assertThat(alert.message()).contains("last 4 runs");
        });
        end(RunStatus.SUCCEEDED);
        assertThat(unresolved()).isEmpty();
        assertThat(all())
                .singleElement()
                .satisfies(alert -> assertThat(alert.resolvedAt()).contains(clock.instant()));
    }

    @Test
    void v04AFailedResyncRaisesAnAlert() {
        RunId run = begin();
        journal.recovery(run, new Recovery(Recovery.Action.RESYNCED, Phase.VERIFY, 1, "One record was written again."));
        journal.verified(run, new Verification(false, 5, 4, 1, 0, 0, Map.of()));
        journal.ended(run, new RunOutcome(RunStatus.PARTIAL, ""));
        assertThat(unresolved())
                .extracting(Alert::type)
                .containsExactlyInAnyOrder(AlertType.GAPS, AlertType.RESYNC_FAILED);
        RunId next = begin();
        journal.verified(next, new Verification(true, 5, 5, 0, 0, 0, Map.of()));
        journal.ended(next, new RunOutcome(RunStatus.SUCCEEDED, ""));
        assertThat(unresolved()).isEmpty();
    }

    @Test
    void v36IntegrityIssuesRaiseAnAlert() {
        RunId run = begin();
        journal.record(run, new RecordFate(3, "x", Fate.FAILED, "FIELD_PATTERN", ""));
        journal.error(run, new RunError(Phase.FETCH, ErrorCategory.INTEGRITY, "X", "no property", 3, "x", 1, ""));
        journal.ended(run, new RunOutcome(RunStatus.PARTIAL, ""));
        assertThat(unresolved()).extracting(Alert::type).containsExactly(AlertType.INTEGRITY);
    }

    /** How a run goes. */
    private record Going(boolean fails, int gaps, boolean resynced, int invalid) {
        Set<AlertType> wrong() {
            Set<AlertType> wrong = EnumSet.noneOf(AlertType.class);
            if (fails) {
                wrong.add(AlertType.CONSECUTIVE_FAILURES);
            } else if (gaps > 0) {
                wrong.add(AlertType.GAPS);
                if (resynced) {
                    wrong.add(AlertType.RESYNC_FAILED);
                }
            }
            if (invalid > 0) {
                wrong.add(AlertType.INTEGRITY);
            }
            return wrong;
        }
    }

    private RunId go(Going going) {
        RunId run = begin();
        for (int i = 0; i < going.invalid(); i++) {
            journal.error(run, new RunError(Phase.FETCH, ErrorCategory.VALIDATION, "X", "m", i, "k", 1, ""));
        }
        if (going.resynced()) {
            journal.recovery(run, new Recovery(Recovery.Action.RESYNCED, Phase.VERIFY, 1, ""));
        }
        if (!going.fails()) {
            journal.verified(run, new Verification(going.gaps() == 0, 9, 9, going.gaps(), 0, 0, Map.of()));
        }
        RunStatus end = going.fails() ? RunStatus.FAILED : RunStatus.PARTIAL;
        journal.ended(run, new RunOutcome(end, ""));
        return run;
    }

    /** Each time that a run finds it: neither an alert that is open already nor one of little weight is silent. */
    @Test
    void v11EveryAlertIsOnTheConsoleLogEachTimeItIsFound() {
        set("{\"alerts\": {\"consecutiveFailures\": 1}}");
        Gen<List<Going>> goings = Gens.zip(
                        Gens.booleans(), Gens.ints(0, 2), Gens.booleans(), Gens.ints(0, 2), Going::new)
                .list(0, 6);
        Property.of("V11: every alert is on the log").tries(12).forAll(goings, runs -> {
            console.list.clear();
            List<String> expected = new ArrayList<>();
            for (Going going : runs) {
                RunId run = go(going);
                going.wrong().forEach(type -> expected.add(type + " " + type.severity() + " " + run));
            }
            List<ILoggingEvent> said = console.list.stream()
                    .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                    .toList();
            assertThat(said)
                    .allSatisfy(event -> assertThat(event.getFormattedMessage()).startsWith("alert: "))
                    .allSatisfy(event -> assertThat(event.getLevel() == Level.ERROR)
                            .isEqualTo(pair(event, "severity").equals("CRITICAL")))
                    .extracting(event -> pair(event, "type") + " " + pair(event, "severity") + " " + pair(event, "run"))
                    .containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    private static String pair(ILoggingEvent event, String key) {
        return event.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals(key))
                .map(pair -> String.valueOf(pair.value))
                .findFirst()
                .orElse("none");
    }

    @Test
    void ofOneConditionAndSubjectThereIsOneUnresolvedAlert() {
        Subject shop = new Subject("shop", "sellers");
        book.raise(shop, gaps(1), "r1", false);
        book.raise(shop, gaps(2), "r1", false);
        Alert again = book.raise(shop, gaps(3), "r2", false);
        book.raise(new Subject("shop", "stock"), gaps(1), "r1", false);
        assertThat(all()).hasSize(2);
        assertThat(again.occurrences()).isEqualTo(2);
        assertThat(again.message()).startsWith("3 records");
        book.resolve(shop, AlertType.GAPS);
        clock.advance(Duration.ofSeconds(1));
        book.raise(shop, gaps(1), "r3", false);
        assertThat(all()).hasSize(3);
    }

    @Test
    void isAcknowledgedOnceWithNameAndNote() {
        Alert alert = book.raise(new Subject("shop", "sellers"), gaps(1), "r1", true);
        Alert taken = book.acknowledge(alert.id(), Optional.empty(), "ann", "the property office is told");
        assertThat(taken.state()).isEqualTo(Alert.State.ACKNOWLEDGED);
        assertThat(taken.handling())
                .contains(new Alert.Handling("ann", clock.instant(), "the property office is told"));
        assertThat(book.waiting(AlertType.GAPS, 9)).isEmpty();
        refused(() -> book.acknowledge(alert.id(), Optional.empty(), "bob", ""), ErrorCode.ALERT_HANDLED);
        refused(() -> book.acknowledge(alert.id(), Optional.of(Set.of("other")), "bob", ""), ErrorCode.NOT_FOUND);
        assertThat(book.raise(new Subject("shop", "sellers"), gaps(2), "r2", true)
                        .state())
                .isEqualTo(Alert.State.ACKNOWLEDGED);
        assertThat(book.waiting(AlertType.GAPS, 9)).isEmpty();
    }

    private static void refused(Runnable call, ErrorCode code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aSourceThatHasNotRunForTooLongRaisesAnAlertUntilItRuns() {
        set("{\"alerts\": {\"silenceMinutes\": 60}, \"sources\": [{\"name\": \"sellers\", \"location\": \"l\","
                + " \"mapping\": \"m\", \"scope\": \"shop\", \"intervalMinutes\": 30}]}");
        alerts.watch(clock);
        assertThat(all()).isEmpty();
        clock.advance(Duration.ofMinutes(61));
        alerts.watch(clock);
        alerts.watch(clock);
        assertThat(unresolved()).singleElement().satisfies(alert -> {
            assertThat(alert.type()).isEqualTo(AlertType.NO_SYNC);
            assertThat(alert.occurrences()).isOne();
        });
        end(RunStatus.FAILED);
        journal.ended(begin(true), new RunOutcome(RunStatus.SUCCEEDED, ""));
        alerts.watch(clock);
        assertThat(unresolved()).isNotEmpty();
        end(RunStatus.PARTIAL);
        alerts.watch(clock);
        assertThat(unresolved()).isEmpty();
    }

    /** A gap as a proof writes it down. */
    private void gap(String scope, String collection, long number, String state) {
        database.<Integer>write(session -> session.update(
                "INSERT INTO hf_gap (scope, gap, kind, collection, id, here, there, found_by, found_at_millis, cause, state,"
                        + " how, ended_at_millis) VALUES (?, ?, 'ROW_CHANGED', ?, ?, ?, ?, 'L1', ?, '', ?, '', 0)",
                scope,
                number,
                collection,
                "id" + number,
                new byte[0],
                new byte[0],
                clock.millis(),
                state));
    }

    private void close(String scope, long number) {
        database.<Integer>write(session -> session.update(
                "UPDATE hf_gap SET state = 'REPAIRED', ended_at_millis = ? WHERE scope = ? AND gap = ?",
                clock.millis(),
                scope,
                number));
    }

    private void later(Duration time) {
        clock.advance(time);
        alerts.watch(clock);
    }

    @Test
    void gapsThatNothingRepairsRaiseOneAlertForAScopeAndCollectionUntilTheyAreClosed() {
        gap("ann", "notes", 1, "OPEN");
        gap("ann", "tags", 2, "REPAIRING");
        gap("ann", "notes", 3, "GONE");
        gap("bob", "", 1, "OPEN");
        later(Duration.ofMinutes(15).minusMillis(1));
        assertThat(all()).isEmpty();
        later(Duration.ofMillis(1));
        assertThat(unresolved())
                .extracting(alert -> alert.type() + " " + alert.scope() + "/" + alert.subject())
                .containsExactlyInAnyOrder(
                        "UNREPAIRED_GAPS ann/notes", "UNREPAIRED_GAPS ann/tags", "UNREPAIRED_GAPS bob/all records");
        assertThat(unresolved()).allSatisfy(alert -> {
            assertThat(alert.run()).isEmpty();
            assertThat(alert.message()).startsWith("A gap is not repaired, the oldest since 2026-11-20T10:00:00Z;");
        });
        assertThat(book.list(Optional.of(Set.of("bob")), Set.of(), "", 100)).hasSize(1);
        close("ann", 1);
        close("bob", 1);
        later(Duration.ofMinutes(1));
        assertThat(unresolved()).extracting(Alert::subject).containsExactly("tags");
    }

    @Test
    void lastingGapsAreToldOnceAndAgainOnlyWhenThereAreFurtherOnes() {
        set("{" + MAIL + "}");
        World mails = new World();
        gap("ann", "notes", 1, "OPEN");
        gap("ann", "notes", 2, "OPEN");
        later(Duration.ofMinutes(20));
        mails.processes.forEach(Mailing::step);
        for (int i = 0; i < 100; i++) {
            later(Duration.ofMinutes(1));
        }
        assertThat(console.list).hasSize(1);
        close("ann", 2);
        later(Duration.ofMinutes(1));
        assertThat(unresolved()).singleElement().satisfies(alert -> {
            assertThat(alert.occurrences()).isOne();
            assertThat(alert.message()).startsWith("A gap is");
        });
        mails.processes.forEach(Mailing::step);
        assertThat(mails.sent.get(AlertType.UNREPAIRED_GAPS)).hasSize(1);
        gap("ann", "notes", 3, "OPEN");
        later(Duration.ofMinutes(20));
        assertThat(unresolved()).singleElement().satisfies(alert -> {
            assertThat(alert.occurrences()).isEqualTo(2);
            assertThat(alert.message()).startsWith("2 gaps are");
        });
        mails.processes.forEach(Mailing::step);
        assertThat(mails.sent.get(AlertType.UNREPAIRED_GAPS)).hasSize(2);
    }

    @Test
    void aGapThatComesAgainIsANewAlert() {
        gap("ann", "notes", 1, "OPEN");
        later(Duration.ofMinutes(20));
        close("ann", 1);
        later(Duration.ofMinutes(1));
        gap("ann", "notes", 2, "OPEN");
        later(Duration.ofMinutes(20));
        assertThat(all()).hasSize(2);
        assertThat(unresolved()).hasSize(1);
    }

    @Test
    void thresholdsOfDeviceSyncHoldAtOnceAndZeroIsNever() {
        gap("ann", "notes", 1, "OPEN");
        heard("ann", "phone", clock.instant());
        later(Duration.ofMinutes(20));
        assertThat(unresolved()).extracting(Alert::type).containsExactly(AlertType.UNREPAIRED_GAPS);
        set("{\"alerts\": {\"openGapMinutes\": 0, \"deviceSilenceMinutes\": 10}}");
        alerts.watch(clock);
        assertThat(unresolved()).extracting(Alert::type).containsExactly(AlertType.SILENT_DEVICES);
        set("{\"alerts\": {\"openGapMinutes\": 60}}");
        alerts.watch(clock);
        assertThat(unresolved()).isEmpty();
    }

    /** A replica that last exchanged then. */
    private void heard(String scope, String replica, Instant at) {
        database.<Integer>write(session -> session.update(
                "INSERT INTO hf_replica (scope, replica, principal, incarnations, batch_number, batch_hash, results, sequence,"
                        + " seen_at_millis) VALUES (?, ?, 'p', '', 0, '', '', 0, ?)"
                        + " ON CONFLICT (scope, replica) DO UPDATE SET seen_at_millis = excluded.seen_at_millis",
                scope,
                replica,
                at.toEpochMilli()));
    }

    @Test
    void devicesThatAreSilentRaiseOneAlertForAScopeUntilTheyAllExchange() {
        set("{\"alerts\": {\"deviceSilenceMinutes\": 60}}");
        Instant start = clock.instant();
        heard("ann", "phone", start);
        heard("ann", "tablet", start.plusSeconds(1));
        heard("ann", "laptop", start.plus(Duration.ofMinutes(30)));
        heard("bob", "phone", start.plus(Duration.ofMinutes(30)));
        // What is written down of an idle device may be five minutes old.
        later(Duration.ofMinutes(65).minusMillis(1));
        assertThat(all()).isEmpty();
        later(Duration.ofMillis(1));
        assertThat(unresolved()).singleElement().satisfies(alert -> {
            assertThat(alert.scope()).isEqualTo("ann");
            assertThat(alert.message())
                    .startsWith("1 of 3 devices have not exchanged for more than 60 minutes, the longest silent one,"
                            + " phone, since " + start + ";");
        });
        later(Duration.ofSeconds(1));
        assertThat(unresolved()).singleElement().satisfies(alert -> {
            assertThat(alert.occurrences()).isEqualTo(2);
            assertThat(alert.message()).startsWith("2 of 3 devices");
        });
        heard("ann", "phone", clock.instant());
        later(Duration.ofSeconds(1));
        assertThat(unresolved()).singleElement().satisfies(alert -> {
            assertThat(alert.occurrences()).isEqualTo(2);
            assertThat(alert.message()).contains("1 of 3 devices", "tablet");
        });
        heard("ann", "tablet", clock.instant());
        later(Duration.ofSeconds(1));
        assertThat(unresolved()).isEmpty();
    }

    @Test
    void aDeviceThatWasNotHeardOfForThreeMonthsCountsAsGivenUp() {
        set("{\"alerts\": {\"deviceSilenceMinutes\": 60}}");
        heard("ann", "lost", clock.instant());
        clock.advance(Duration.ofDays(90).minusMillis(1));
        heard("ann", "phone", clock.instant());
        alerts.watch(clock);
        assertThat(unresolved())
                .singleElement()
                .satisfies(alert -> assertThat(alert.message()).startsWith("1 of 2"));
        later(Duration.ofMillis(1));
        assertThat(unresolved()).isEmpty();
    }

    @Test
    void thousandsOfConditionsAtOnceAreToldAFewHundredAtATimeTheOldestFirst() {
        for (int i = 0; i < DeviceConditions.ALERTS_MAX + 2; i++) {
            gap("scope" + i, "notes", 1, "OPEN");
            clock.advance(Duration.ofMillis(1));
        }
        later(Duration.ofMinutes(20));
        assertThat(book.told(AlertType.UNREPAIRED_GAPS))
                .hasSize(DeviceConditions.ALERTS_MAX)
                .containsKey(new Subject("scope0", "notes"));
        close("scope0", 1);
        later(Duration.ofMinutes(1));
        assertThat(book.told(AlertType.UNREPAIRED_GAPS))
                .hasSize(DeviceConditions.ALERTS_MAX)
                .doesNotContainKey(new Subject("scope0", "notes"))
                .containsKey(new Subject("scope" + DeviceConditions.ALERTS_MAX, "notes"));
    }

    /** What happens in a world with mail, two server processes among it. */
    private enum Happening {
        FOUND,
        FOUND_OTHER,
        OVER,
        MINUTES,
        HALF_AN_HOUR,
        SERVER_DOWN,
        SERVER_UP
    }

    @Test
    void v12MailIsSentWhenConfiguredAndAtMostOneOfATypeInAnHourFromAllProcesses() {
        set("{" + MAIL + "}");
        Gen<List<Happening>> worlds = Gens.pick(Happening.values()).list(1, 25);
        Property.of("V12: at most one mail a type and hour").tries(10).forAll(worlds, world -> {
            World mails = new World();
            clock.advance(Duration.ofHours(3));
            book.resolve(new Subject("shop", "a"), AlertType.GAPS);
            book.resolve(new Subject("shop", "a"), AlertType.INTEGRITY);
            world.forEach(mails::happen);
            mails.down = false;
            for (int i = 0; i < 5; i++) {
                mails.happen(Happening.HALF_AN_HOUR);
            }
            assertThat(book.waitingTypes()).isEmpty();
            mails.sent.forEach((type, times) -> {
                for (int i = 1; i < times.size(); i++) {
                    assertThat(Duration.between(times.get(i - 1), times.get(i))).isGreaterThanOrEqualTo(Mailing.PAUSE);
                }
            });
            assertThat(mails.sent.keySet()).isEqualTo(mails.expected);
        });
    }

    private final class World {
        final Map<AlertType, List<Instant>> sent = new EnumMap<>(AlertType.class);
        final Set<AlertType> expected = EnumSet.noneOf(AlertType.class);
        final List<Mailing> processes = List.of(mailing("one"), mailing("two"));
        boolean down;
        private int runs;

        private Mailing mailing(String process) {
            return new Mailing(book, new Jobs(database, clock, process), live, (mail, to) -> taken(mail), clock);
        }

        private Optional<String> taken(Mail mail) {
            if (down) {
                return Optional.of("down");
            }
            for (AlertType type : AlertType.values()) {
                if (mail.subject().contains(type.title())) {
                    sent.computeIfAbsent(type, first -> new ArrayList<>()).add(clock.instant());
                }
            }
            return Optional.empty();
        }

        void happen(Happening happening) {
            Subject a = new Subject("shop", "a");
            switch (happening) {
                case FOUND -> {
                    book.raise(a, gaps(1), "run" + ++runs + clock.instant(), true);
                    expected.add(AlertType.GAPS);
                }
                case FOUND_OTHER -> {
                    book.raise(a, new Finding.Holds(AlertType.INTEGRITY, "x"), "run" + ++runs + clock.instant(), true);
                    expected.add(AlertType.INTEGRITY);
                }
                case OVER -> {
                    // What is over before its mail could go is not mailed any more.
                    if (sent.getOrDefault(AlertType.GAPS, List.of()).isEmpty()) {
                        expected.remove(AlertType.GAPS);
                    }
                    book.resolve(a, AlertType.GAPS);
                }
                case MINUTES -> clock.advance(Duration.ofMinutes(7));
                case HALF_AN_HOUR -> clock.advance(Duration.ofMinutes(30));
                case SERVER_DOWN -> down = true;
                case SERVER_UP -> down = false;
            }
            processes.forEach(Mailing::step);
        }
    }

    @Test
    void v12NothingIsMailedUnlessConfigured() {
        World mails = new World();
        set("{\"alerts\": {\"consecutiveFailures\": 1}}");
        end(RunStatus.FAILED);
        mails.processes.forEach(Mailing::step);
        assertThat(mails.sent).isEmpty();
        assertThat(book.waitingTypes()).isEmpty();
        set("{\"alerts\": {\"consecutiveFailures\": 1}, " + MAIL + "}");
        end(RunStatus.FAILED);
        mails.processes.forEach(Mailing::step);
        assertThat(mails.sent).containsOnlyKeys(AlertType.CONSECUTIVE_FAILURES);
    }

    @Test
    void v12WhatWaitsIsNotMailedOnceMailIsSwitchedOff() {
        World mails = new World();
        set("{\"alerts\": {\"consecutiveFailures\": 1}, " + MAIL + "}");
        end(RunStatus.FAILED);
        set("{\"alerts\": {\"consecutiveFailures\": 1}, " + MAIL.replace("true", "false") + "}");
        mails.processes.forEach(Mailing::step);
        assertThat(book.waitingTypes()).containsExactly(AlertType.CONSECUTIVE_FAILURES);
        assertThat(mails.sent).isEmpty();
    }

    @Test
    void aMailServerThatIsDownFailsNoRunAndTheMailIsRetried() {
        World mails = new World();
        mails.down = true;
        set("{\"alerts\": {\"consecutiveFailures\": 1}, " + MAIL + "}");
        end(RunStatus.FAILED);
        mails.processes.forEach(Mailing::step);
        clock.advance(Duration.ofSeconds(59));
        mails.down = false;
        mails.processes.forEach(Mailing::step);
        assertThat(mails.sent).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        mails.processes.forEach(Mailing::step);
        assertThat(mails.sent.get(AlertType.CONSECUTIVE_FAILURES)).hasSize(1);
    }
}
