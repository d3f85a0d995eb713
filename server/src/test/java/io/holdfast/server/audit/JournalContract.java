package io.holdfast.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal must do on every engine; a subclass names the database. */
abstract class JournalContract {

    /** Between two words of a run; filters of V10 are whole numbers of it, so that they meet the words' very moments. */
    private static final Duration STEP = Duration.ofMillis(10);

    private static final Gen<String> KEYS = Gens.pick("12345678901234567890", "b", "ü\u0301 '%_", "");

    private static final Gen<RecordFate> FATES = Gens.zip(
            Gens.longs(0, 1_000_000),
            KEYS,
            Gens.pick(Fate.values()),
            Gens.pick("", "FIELD_PATTERN"),
            Gens.texts(0, 20),
            RecordFate::new);

    private static final Gen<RunError> ERRORS = Gens.zip(
            Gens.tuple(Gens.pick(Phase.values()), Gens.pick(ErrorCategory.values())),
            Gens.pick(ErrorCode.values()),
            Gens.texts(0, 30),
            Gens.tuple(Gens.longs(0, 9), KEYS),
            Gens.ints(1, 4),
            Gens.texts(0, 60),
            (place, code, message, record, attempt, detail) -> new RunError(
                    place.first(),
                    place.second(),
                    code.name(),
                    message,
                    record.first(),
                    record.second(),
                    attempt,
                    detail));

    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final SplittableRandom random = new SplittableRandom(5);
    private Database database;
    private RunJournal journal;
    private RunLog log;
    private int scopes;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        journal = new SqlRunJournal(database, clock);
        log = new SqlRunLog(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private RunStart start(String scope) {
        clock.advance(STEP);
        return new RunStart(
                RunId.next(clock, random),
                new Target(scope, "sellers"),
                "sellers.xlsx",
                Cause.MANUAL,
                "ann",
                Optional.empty(),
                false);
    }

    private RunId begin(String scope) {
        RunStart start = start(scope);
        journal.started(start);
        return start.run();
    }

    private String scope() {
        return "scope" + ++scopes;
    }

    private static LogFilter in(String scope) {
        return LogFilter.ALL.withScopes(Set.of(scope));
    }

    @Test
    void v06AStartIsLoggedBeforeAnythingElseHappens() {
        Gen<Tuple.Two<String, String>> names = Gens.tuple(Gens.texts(0, 20), Gens.texts(1, 20));
        Property.of("V06: a start is logged")
                .tries(20)
                .forAll(
                        names,
                        Gens.pick(Cause.values()),
                        Gens.booleans(),
                        Gens.booleans(),
                        (who, cause, again, dry) -> {
                            clock.advance(Duration.ofMillis(5));
                            Optional<RunId> former = again ? Optional.of(RunId.next(clock, random)) : Optional.empty();
                            RunStart start = new RunStart(
                                    RunId.next(clock, random),
                                    new Target(scope(), "sellers"),
                                    who.first(),
                                    cause,
                                    who.second(),
                                    former,
                                    dry);
                            journal.started(start);
                            Run run = log.run(start.run(), Optional.empty()).orElseThrow();
                            assertThat(run.start()).isEqualTo(start);
                            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
                            assertThat(run.startedAt()).isEqualTo(clock.instant());
                            assertThat(run.endedAt()).isEmpty();
                            Map<String, String> detail = new TreeMap<>(Map.of(
                                    "source", who.first(),
                                    "collection", "sellers",
                                    "cause", cause.name(),
                                    "dryRun", Boolean.toString(dry)));
                            former.ifPresent(id -> detail.put("resumes", id.text()));
                            assertThat(log.events(start.run()))
                                    .containsExactly(new RunEvent(
                                            1, clock.instant(), RunEvent.Kind.STARTED, who.second(), detail));
                        });
    }

    @Test
    void v07EveryRecordProcessedIsLoggedInItsOrder() {
        Property.of("V07: every record processed is logged").tries(12).forAll(FATES.list(0, 60), fates -> {
            RunId run = begin(scope());
            fates.forEach(fate -> journal.record(run, fate));
            journal.ended(run, new RunOutcome(RunStatus.SUCCEEDED, ""));
            assertThat(log.records(LogFilter.ALL.withRun(run), Optional.empty(), 100))
                    .extracting(RecordEntry::fate)
                    .isEqualTo(fates);
        });
    }

    @Test
    void v07MoreRecordsThanABatchHoldsAreAllLogged() {
        RunId run = begin(scope());
        int records = SqlRunJournal.ROWS_MAX * 2 + 7;
        for (int i = 1; i <= records; i++) {
            journal.record(run, RecordFate.of(i, "k" + i, Fate.CREATED));
        }
        journal.ended(run, new RunOutcome(RunStatus.SUCCEEDED, ""));
        List<RecordEntry> all = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        do {
            List<RecordEntry> page = log.records(LogFilter.ALL.withRun(run), after, 900);
            all.addAll(page);
            after = page.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Position(run, page.getLast().entry()));
        } while (after.isPresent());
        assertThat(all)
                .extracting(entry -> entry.fate().sourceRow())
                .hasSize(records)
                .doesNotHaveDuplicates();
        assertThat(log.run(run, Optional.empty()).orElseThrow().counts().of(Fate.CREATED))
                .isEqualTo(records);
    }

    @Test
    void v08AnErrorIsLoggedWithAllThatBelongsToIt() {
        Property.of("V08: an error log is complete").tries(12).forAll(ERRORS.list(1, 8), errors -> {
            RunId run = begin(scope());
            Instant at = clock.instant();
            errors.forEach(error -> journal.error(run, error));
            journal.ended(run, new RunOutcome(RunStatus.FAILED, ""));
            List<ErrorEntry> logged = log.errors(LogFilter.ALL.withRun(run), Optional.empty(), 100);
            assertThat(logged).extracting(ErrorEntry::error).isEqualTo(errors);
            assertThat(logged).allSatisfy(entry -> {
                assertThat(entry.run()).isEqualTo(run);
                assertThat(entry.at()).isEqualTo(at);
            });
            assertThat(log.run(run, Optional.empty()).orElseThrow().counts().errors())
                    .isEqualTo(errors.size());
        });
    }

    @Test
    void v09ACompletionIsLoggedWithItsFigures() {
        Gen<RunStatus> ends = Gens.pick(RunStatus.SUCCEEDED, RunStatus.PARTIAL, RunStatus.FAILED, RunStatus.CANCELLED);
        Gen<Verification> verifications = Gens.zip(
                Gens.tuple(Gens.longs(0, 9), Gens.longs(0, 9)),
                Gens.longs(0, 3),
                Gens.longs(0, 3),
                Gens.longs(0, 3),
                (counts, gaps, surplus, mismatches) -> new Verification(
                        gaps + surplus + mismatches == 0,
                        counts.first(),
                        counts.second(),
                        gaps,
                        surplus,
                        mismatches,
                        Map.of()));
        Property.of("V09: a completion is logged")
                .tries(20)
                .forAll(ends, FATES.list(0, 6), verifications, Gens.ints(0, 9_000), (end, fates, found, millis) -> {
                    RunId run = begin(scope());
                    fates.forEach(fate -> journal.record(run, fate));
                    journal.verified(run, found);
                    clock.advance(Duration.ofMillis(millis));
                    String summary = "{\"run\":\"" + run + "\"}";
                    journal.ended(run, new RunOutcome(end, summary));
                    Run ended = log.run(run, Optional.empty()).orElseThrow();
                    assertThat(ended.status()).isEqualTo(end);
                    assertThat(ended.endedAt()).contains(clock.instant());
                    assertThat(ended.took()).isEqualTo(Duration.ofMillis(millis));
                    assertThat(ended.summary()).isEqualTo(summary);
                    assertThat(ended.verification()).contains(found);
                    long records = fates.stream()
                            .filter(fate -> !fate.fate().finding())
                            .count();
                    assertThat(ended.counts().records()).isEqualTo(records);
                    assertThat(metric(run, Metric.RECORDS)).isEqualTo(records);
                    assertThat(metric(run, Metric.TOTAL_MICROS)).isEqualTo(millis * 1_000L);
                    assertThat(log.events(run).getLast())
                            .isEqualTo(new RunEvent(
                                    3,
                                    clock.instant(),
                                    RunEvent.Kind.ENDED,
                                    AuditEntry.HOLDFAST,
                                    Map.of("status", end.name())));
                });
    }

    @Test
    void theEventsOfARunStandInTheirOrderWithWhatBelongsToThem() {
        RunId run = begin(scope());
        journal.phase(run, Phase.FETCH, Duration.ofMillis(120), 1);
        journal.recovery(run, new Recovery(Recovery.Action.RETRIED, Phase.UPDATE, 2, "Nobody answered; asked again."));
        journal.verified(run, new Verification(false, 7, 6, 1, 0, 2, Map.of("phone", 2L)));
        journal.ended(run, new RunOutcome(RunStatus.PARTIAL, ""));
        assertThat(log.events(run))
                .extracting(RunEvent::kind)
                .containsExactly(
                        RunEvent.Kind.STARTED,
                        RunEvent.Kind.PHASE_ENDED,
                        RunEvent.Kind.RECOVERED,
                        RunEvent.Kind.VERIFIED,
                        RunEvent.Kind.ENDED);
        assertThat(log.events(run).get(1).detail()).containsEntry("micros", "120000");
        assertThat(log.events(run).get(3).detail())
                .containsEntry("field.phone", "2")
                .containsEntry("equal", "false");
    }

    @Test
    void aRunThatHasEndedStaysAsItEnded() {
        RunId run = begin(scope());
        journal.ended(run, new RunOutcome(RunStatus.CANCELLED, "{}"));
        clock.advance(Duration.ofSeconds(9));
        journal.ended(run, new RunOutcome(RunStatus.FAILED, ""));
        Run ended = log.run(run, Optional.empty()).orElseThrow();
        assertThat(ended.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(ended.took()).isZero();
        assertThat(log.events(run)).hasSize(2);
    }

    @Test
    void whatIsLoggedIsAtEachMomentTheBeginningOfWhatWasDoneAndItsCountsAgree() {
        Gen<List<Integer>> pauses = Gens.ints(0, 700).list(1, 12);
        Property.of("a killed process leaves a prefix").tries(12).forAll(pauses, millis -> {
            RunId run = begin(scope());
            for (int i = 0; i < millis.size(); i++) {
                clock.advance(Duration.ofMillis(millis.get(i)));
                journal.record(run, RecordFate.of(i, "k", Fate.CREATED));
                List<RecordEntry> logged = log.records(LogFilter.ALL.withRun(run), Optional.empty(), 100);
                assertThat(logged).extracting(entry -> entry.fate().sourceRow()).isEqualTo(firstNumbers(logged.size()));
                assertThat(log.run(run, Optional.empty()).orElseThrow().counts().records())
                        .isEqualTo(logged.size());
            }
            clock.advance(SqlRunJournal.WAIT_MAX);
            journal.progress(run, new Progress(Phase.UPDATE, millis.size(), millis.size()));
            assertThat(log.records(LogFilter.ALL.withRun(run), Optional.empty(), 100))
                    .hasSameSizeAs(millis);
        });
    }

    private static List<Long> firstNumbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @Test
    void anotherProcessGoesOnWhereTheJournalOfAKilledOneStands() {
        RunId run = begin(scope());
        journal.record(run, RecordFate.of(1, "a", Fate.CREATED));
        journal.error(run, new RunError(Phase.UPDATE, ErrorCategory.NETWORK, "X", "m", 0, "", 1, ""));
        journal.phase(run, Phase.FETCH, Duration.ofMillis(10), 1);
        RunJournal next = new SqlRunJournal(database, clock);
        next.record(run, RecordFate.of(2, "b", Fate.UPDATED));
        next.error(run, new RunError(Phase.UPDATE, ErrorCategory.NETWORK, "Y", "m", 0, "", 1, ""));
        next.phase(run, Phase.FETCH, Duration.ofMillis(5), 1);
        next.ended(run, new RunOutcome(RunStatus.SUCCEEDED, ""));
        assertThat(log.records(LogFilter.ALL.withRun(run), Optional.empty(), 9))
                .extracting(entry -> entry.fate().key())
                .containsExactly("a", "b");
        Counts counts = log.run(run, Optional.empty()).orElseThrow().counts();
        assertThat(counts).isEqualTo(new Counts(Map.of(Fate.CREATED, 1L, Fate.UPDATED, 1L), 2));
        assertThat(metric(run, Metric.micros(Phase.FETCH))).isEqualTo(15_000);
        assertThat(metric(run, Metric.errors(ErrorCategory.NETWORK))).isEqualTo(2);
    }

    private long metric(RunId run, String name) {
        return database.read(session -> session.first(
                        "SELECT value FROM sync_metrics WHERE run = ? AND metric = ?",
                        row -> row.getLong(1),
                        run.text(),
                        name)
                .orElseThrow());
    }

    @Test
    void v23TheTimeOfEachPhaseIsRecordedAndV25ErrorsAreCountedByCategory() {
        Gen<List<Long>> phases = Gens.longs(0, 9_999).list(4, 4);
        Property.of("V23, V25: phases are timed, errors categorized")
                .tries(8)
                .forAll(phases, ERRORS.list(0, 12), (millis, errors) -> {
                    RunId run = begin(scope());
                    List<Phase> all = List.of(Phase.values());
                    for (int i = 0; i < all.size(); i++) {
                        journal.phase(run, all.get(i), Duration.ofMillis(millis.get(i)), 1);
                    }
                    errors.forEach(error -> journal.error(run, error));
                    journal.ended(run, new RunOutcome(RunStatus.FAILED, ""));
                    Map<String, Long> figures = new RunFigures(database).of(run);
                    for (int i = 0; i < all.size(); i++) {
                        assertThat(figures).containsEntry(Metric.micros(all.get(i)), millis.get(i) * 1_000);
                    }
                    for (ErrorCategory category : ErrorCategory.values()) {
                        long raw = errors.stream()
                                .filter(error -> error.category() == category)
                                .count();
                        assertThat(figures.getOrDefault(Metric.errors(category), 0L))
                                .isEqualTo(raw);
                        assertThat(log.errors(
                                        LogFilter.ALL.withRun(run).withStatus(Set.of(category.name())),
                                        Optional.empty(),
                                        99))
                                .hasSize((int) raw);
                    }
                });
    }

    @Test
    void v25FailuresHaveTheCategoryOfWhoCanHelp() {
        assertThat(ErrorCategory.of(ErrorCode.SOURCE_CHANGED)).isEqualTo(ErrorCategory.SOURCE);
        assertThat(ErrorCategory.of(ErrorCode.FIELD_PATTERN)).isEqualTo(ErrorCategory.VALIDATION);
        assertThat(ErrorCategory.of(ErrorCode.SERVER_UNREACHABLE)).isEqualTo(ErrorCategory.NETWORK);
        assertThat(ErrorCategory.of(ErrorCode.DATABASE_UNREACHABLE)).isEqualTo(ErrorCategory.DATABASE);
        assertThat(ErrorCategory.of(ErrorCode.INTERNAL)).isEqualTo(ErrorCategory.INTERNAL);
    }

    @Test
    void progressNeverGoesBack() {
        RunId run = begin(scope());
        journal.progress(run, new Progress(Phase.UPDATE, 5, 10));
        journal.progress(run, new Progress(Phase.COMPARE, 9, 10));
        journal.progress(run, new Progress(Phase.UPDATE, 4, 10));
        journal.recovery(run, new Recovery(Recovery.Action.RETRIED, Phase.UPDATE, 1, ""));
        assertThat(log.run(run, Optional.empty()).orElseThrow().progress())
                .isEqualTo(new Progress(Phase.UPDATE, 5, 10));
    }

    @Test
    void refusesARunThatNobodyStarted() {
        RunId unknown = RunId.next(clock, random);
        assertThatThrownBy(() -> journal.record(unknown, RecordFate.of(1, "a", Fate.CREATED)))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    /** A case of V10: what was done, and what is asked for. */
    private record Question(
            Set<String> fates, Optional<String> key, Optional<Integer> from, Optional<Integer> until, int pageSize) {}

    @Test
    void v10QueriesReturnExactlyWhatMatchesTheFilter() {
        Gen<Question> questions = Gens.zip(
                Gens.oneOf(Gens.constant(List.<Fate>of()), Gens.parts(List.of(Fate.values())))
                        .map(parts -> parts.stream().map(Fate::name).collect(Collectors.toCollection(TreeSet::new))),
                KEYS.optional(),
                Gens.ints(0, 99).optional(),
                Gens.ints(0, 99).optional(),
                Gens.ints(1, 7),
                Question::new);
        Gen<List<List<RecordFate>>> runs = FATES.list(0, 8).list(1, 4);
        Property.of("V10: queries return exactly what matches").tries(40).forAll(runs, questions, (work, question) -> {
            String scope = scope();
            begin(scope());
            Instant origin = clock.instant();
            List<RecordEntry> done = done(scope, work);
            LogFilter filter =
                    filter(scope, question, moment -> origin.plus(STEP.multipliedBy(moment % (steps(work) + 2))));
            List<RecordEntry> expected = done.stream()
                    .filter(entry -> question.fates().isEmpty()
                            || question.fates().contains(entry.fate().fate().name()))
                    .filter(entry ->
                            question.key().map(entry.fate().key()::equals).orElse(true))
                    .filter(entry -> filter.from()
                            .map(first -> !entry.at().isBefore(first))
                            .orElse(true))
                    .filter(entry -> filter.until().map(entry.at()::isBefore).orElse(true))
                    .toList();
            assertThat(pages(filter, question.pageSize())).isEqualTo(expected);
        });
    }

    /** From before the first run to after the last word. */
    private static int steps(List<List<RecordFate>> work) {
        return work.stream().mapToInt(fates -> fates.size() + 1).sum();
    }

    private static LogFilter filter(String scope, Question question, IntFunction<Instant> moments) {
        LogFilter filter = in(scope).withStatus(question.fates());
        if (question.key().isPresent()) {
            filter = filter.withKey(question.key().get());
        }
        if (question.from().isPresent()) {
            filter = filter.withFrom(moments.apply(question.from().get()));
        }
        if (question.until().isPresent()) {
            filter = filter.withUntil(moments.apply(question.until().get()));
        }
        return filter;
    }

    private List<RecordEntry> done(String scope, List<List<RecordFate>> work) {
        List<List<RecordEntry>> runs = new ArrayList<>();
        for (List<RecordFate> fates : work) {
            RunId run = begin(scope);
            List<RecordEntry> entries = new ArrayList<>();
            for (RecordFate fate : fates) {
                clock.advance(STEP);
                journal.record(run, fate);
                entries.add(new RecordEntry(run, entries.size() + 1, clock.instant(), fate));
            }
            journal.ended(run, new RunOutcome(RunStatus.SUCCEEDED, ""));
            runs.add(entries);
        }
        return runs.reversed().stream().flatMap(List::stream).toList();
    }

    private List<RecordEntry> pages(LogFilter filter, int size) {
        List<RecordEntry> all = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        while (true) {
            List<RecordEntry> page = log.records(filter, after, size);
            assertThat(Collections.disjoint(all, page)).isTrue();
            all.addAll(page);
            if (page.size() < size) {
                return all;
            }
            RecordEntry last = page.getLast();
            after = Position.of(new Position(last.run(), last.entry()).toString());
        }
    }

    @Test
    void v10RunsAreFoundByTimeStatusScopeAndRecord() {
        String scope = scope();
        RunId first = begin(scope);
        journal.record(first, RecordFate.of(1, "A-1", Fate.CREATED));
        journal.ended(first, new RunOutcome(RunStatus.SUCCEEDED, ""));
        clock.advance(Duration.ofMinutes(1));
        RunId second = begin(scope);
        journal.ended(second, new RunOutcome(RunStatus.FAILED, ""));
        RunId foreign = begin(scope());
        assertThat(ids(in(scope))).containsExactly(second, first);
        assertThat(ids(LogFilter.ALL)).containsExactly(foreign, second, first);
        assertThat(ids(in(scope).withStatus(Set.of("FAILED")))).containsExactly(second);
        assertThat(ids(in(scope).withKey("A-1"))).containsExactly(first);
        Instant between = log.run(second, Optional.empty()).orElseThrow().startedAt();
        assertThat(ids(in(scope).withUntil(between))).containsExactly(first);
        assertThat(ids(in(scope).withFrom(between))).containsExactly(second);
        assertThat(log.runs(in(scope), Optional.of(new Position(second, 0)), 5))
                .extracting(Run::id)
                .containsExactly(first);
        assertThat(log.run(first, Optional.of(Set.of("other")))).isEmpty();
    }

    private List<RunId> ids(LogFilter filter) {
        return log.runs(filter, Optional.empty(), 100).stream().map(Run::id).toList();
    }
}
