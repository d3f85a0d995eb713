package io.holdfast.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Counts;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.Target;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.settings.AlertSettings;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertRulesTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private static Run run(RunStatus status, long millis, long records, Optional<Verification> verification) {
        RunStart start = new RunStart(
                new RunId("0".repeat(32)), new Target("s", "c"), "x", Cause.MANUAL, "ann", Optional.empty(), false);
        return new Run(
                start,
                status,
                new Progress(Phase.VERIFY, 0, 0),
                new Counts(records == 0 ? Map.of() : Map.of(Fate.UNCHANGED, records), 0),
                verification,
                START,
                START,
                Optional.of(START.plusMillis(millis)),
                "");
    }

    private static Run run(RunStatus status) {
        return run(status, 10, 1, Optional.empty());
    }

    private static Map<AlertType, Boolean> judged(RunFacts facts, AlertSettings settings) {
        return AlertRules.judge(facts, settings).stream()
                .collect(Collectors.toMap(Finding::type, finding -> finding instanceof Finding.Holds));
    }

    private static AlertSettings settings(int failures, int gaps, int integrity, int percent) {
        return new AlertSettings(failures, gaps, integrity, 0, percent, 0, 0);
    }

    @Test
    void v43AlarmsAtTheConfiguredNumberOfConsecutiveFailures() {
        Gen<List<RunStatus>> histories = Gens.pick(
                        RunStatus.FAILED,
                        RunStatus.INTERRUPTED,
                        RunStatus.SUCCEEDED,
                        RunStatus.PARTIAL,
                        RunStatus.CANCELLED)
                .list(0, 8);
        Property.of("V43: the failure threshold holds").forAll(histories, Gens.ints(0, 5), (history, threshold) -> {
            RunFacts facts = new RunFacts(
                    run(RunStatus.FAILED),
                    history.stream().map(AlertRulesTest::run).toList(),
                    Map.of(),
                    false);
            int failures = 1;
            for (RunStatus status : history) {
                if (status == RunStatus.SUCCEEDED || status == RunStatus.PARTIAL) {
                    break;
                }
                failures += status == RunStatus.CANCELLED ? 0 : 1;
            }
            boolean expected = threshold > 0 && failures >= threshold;
            assertThat(judged(facts, settings(threshold, 1, 1, 1)).getOrDefault(AlertType.CONSECUTIVE_FAILURES, false))
                    .isEqualTo(expected);
        });
    }

    @Test
    void aRunThatCameToItsEndEndsTheFailures() {
        RunFacts facts = new RunFacts(run(RunStatus.PARTIAL), List.of(run(RunStatus.FAILED)), Map.of(), false);
        assertThat(judged(facts, AlertSettings.defaults())).containsEntry(AlertType.CONSECUTIVE_FAILURES, false);
    }

    @Test
    void v44AlarmsAtTheConfiguredNumberOfGaps() {
        Gen<Long> counts = Gens.longs(0, 4);
        Property.of("V44: the gap threshold holds")
                .forAll(counts, counts, Gens.ints(0, 9), (gaps, others, threshold) -> {
                    Verification found = new Verification(gaps + others == 0, 9, 9, gaps, 3, others, Map.of());
                    RunFacts facts =
                            new RunFacts(run(RunStatus.PARTIAL, 10, 1, Optional.of(found)), List.of(), Map.of(), false);
                    assertThat(judged(facts, settings(1, threshold, 1, 1)))
                            .containsEntry(AlertType.GAPS, threshold > 0 && gaps + others >= threshold);
                });
    }

    @Test
    void v04AResyncThatDidNotHelpAlarmsWhateverTheThresholds() {
        Verification gap = new Verification(false, 2, 1, 1, 0, 0, Map.of());
        Verification equal = new Verification(true, 2, 2, 0, 0, 0, Map.of());
        AlertSettings deaf = settings(0, 0, 0, 0);
        assertThat(judged(verified(gap, true), deaf)).containsEntry(AlertType.RESYNC_FAILED, true);
        assertThat(judged(verified(gap, false), deaf))
                .as("a run that did not try, as while recovery is off, ends no alert")
                .doesNotContainKey(AlertType.RESYNC_FAILED);
        assertThat(judged(verified(equal, true), deaf)).containsEntry(AlertType.RESYNC_FAILED, false);
    }

    private static RunFacts verified(Verification verification, boolean resynced) {
        return new RunFacts(run(RunStatus.PARTIAL, 10, 1, Optional.of(verification)), List.of(), Map.of(), resynced);
    }

    @Test
    void v36InvalidValuesAndMissingReferencesAlarm() {
        Gen<Long> counts = Gens.longs(0, 4);
        Property.of("V36: integrity issues alarm")
                .forAll(counts, counts, Gens.ints(0, 6), (values, references, threshold) -> {
                    Map<ErrorCategory, Long> errors = Map.of(
                            ErrorCategory.VALIDATION,
                            values,
                            ErrorCategory.INTEGRITY,
                            references,
                            ErrorCategory.NETWORK,
                            50L);
                    RunFacts facts = new RunFacts(run(RunStatus.PARTIAL), List.of(), errors, false);
                    assertThat(judged(facts, settings(1, 1, threshold, 1)))
                            .containsEntry(AlertType.INTEGRITY, threshold > 0 && values + references >= threshold);
                });
    }

    @Test
    void v27WarnsOfARunThatIsSlowerThanTheMedianOfTheLastTwenty() {
        Gen<List<Long>> times = Gens.longs(1_000, 9_000).list(0, 30);
        Property.of("V27: performance degradation warns")
                .forAll(times, Gens.longs(500, 40_000), Gens.ints(1, 300), (earlier, millis, percent) -> {
                    List<Run> runs = earlier.stream()
                            .map(time -> run(RunStatus.SUCCEEDED, time, 10, Optional.empty()))
                            .toList();
                    RunFacts facts =
                            new RunFacts(run(RunStatus.SUCCEEDED, millis, 10, Optional.empty()), runs, Map.of(), false);
                    boolean known = earlier.size() >= AlertRules.USUAL_RUNS_MIN;
                    boolean slow = known && millis >= 1_000 && millis * 100.0 > median(earlier) * (100 + percent);
                    assertThat(judged(facts, settings(1, 1, 1, percent)).getOrDefault(AlertType.DEGRADATION, false))
                            .isEqualTo(slow);
                });
    }

    private static double median(List<Long> times) {
        List<Long> sorted = new ArrayList<>(times.subList(0, Math.min(20, times.size())));
        sorted.sort(null);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2.0;
    }

    @Test
    void aSheetThatGrowsIsNoDegradation() {
        List<Run> runs = java.util.Collections.nCopies(9, run(RunStatus.SUCCEEDED, 2_000, 100, Optional.empty()));
        RunFacts grown = new RunFacts(run(RunStatus.SUCCEEDED, 20_000, 1_000, Optional.empty()), runs, Map.of(), false);
        assertThat(judged(grown, settings(1, 1, 1, 50))).containsEntry(AlertType.DEGRADATION, false);
    }
}
