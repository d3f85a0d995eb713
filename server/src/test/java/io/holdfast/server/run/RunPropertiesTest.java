package io.holdfast.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.value.Value;
import io.holdfast.server.alerts.AlertRules;
import io.holdfast.server.alerts.AlertType;
import io.holdfast.server.alerts.Finding;
import io.holdfast.server.alerts.RunFacts;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Counts;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.settings.AlertSettings;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The properties of runs that the requirements name, over sheets and targets of all kinds. */
class RunPropertiesTest {

    private static final int TRIES = 300;
    private static final String REMOVE = "deletions: remove\n";
    private static final Gen<String> IDS = Gens.ints(1, 9).map(number -> "S-" + number);
    private static final Gen<String> NAMES = Gens.pick("Ann", "Bob", "Cid", "Eve");

    /** Names by numbers. */
    private static final Gen<Map<String, String>> SHEETS = Gens.maps(IDS, NAMES, 0, 7);

    @TempDir
    private Path folder;

    private static Property property(String name) {
        return Property.of(name).tries(TRIES).shrinks(200);
    }

    private static List<String> rows(Map<String, String> sheet) {
        return sheet.entrySet().stream()
                .map(row -> row.getKey() + "," + row.getValue() + ",1,")
                .toList();
    }

    private MemoryRuns office(Map<String, String> sheet) {
        MemoryRuns runs = new MemoryRuns(folder);
        runs.office.writes(rows(sheet));
        return runs;
    }

    @Test
    void v01VerificationRunsAfterEverySync() {
        property("V01").forAll(SHEETS, SHEETS, (before, after) -> {
            MemoryRuns runs = office(before);
            runs.run(RunMode.SYNC, REMOVE);
            runs.office.writes(rows(after));
            assertThat(runs.run(RunMode.SYNC, REMOVE)).isEmpty();
            List<Phase> phases = runs.journal.words.stream()
                    .filter(MemoryJournal.Word.OfPhase.class::isInstance)
                    .map(word -> ((MemoryJournal.Word.OfPhase) word).phase())
                    .toList();
            assertThat(phases).containsExactly(Phase.FETCH, Phase.COMPARE, Phase.UPDATE, Phase.VERIFY);
            assertThat(runs.journal.verifications()).hasSize(1);
            assertThat(runs.execution().verification())
                    .contains(runs.journal.verifications().getLast());
            assertThat(runs.names()).isEqualTo(after);
        });
    }

    @Test
    void v02EveryGapIsLogged() {
        property("V02").forAll(SHEETS, Gens.ints(0, 511), (sheet, lost) -> {
            MemoryRuns runs = office(sheet);
            runs.run(RunMode.SYNC, "");
            Set<String> gone = chosen(sheet.keySet(), lost);
            gone.forEach(runs::lose);
            runs.run(RunMode.VERIFY, "");
            assertThat(runs.journal.keys(Fate.GAP)).containsExactlyElementsOf(gone);
            Verification found = runs.execution().verification().orElseThrow();
            assertThat(found.gaps()).isEqualTo(gone.size());
            assertThat(found.equal()).isEqualTo(gone.isEmpty());
        });
    }

    private static Set<String> chosen(Set<String> all, int bits) {
        Set<String> chosen = new TreeSet<>();
        int bit = 1;
        for (String one : new TreeSet<>(all)) {
            if ((bits & bit) != 0) {
                chosen.add(one);
            }
            bit <<= 1;
        }
        return chosen;
    }

    @Test
    void v03GapsTriggerAResync() {
        property("V03").forAll(SHEETS, Gens.ints(0, 511), (sheet, lost) -> {
            MemoryRuns runs = office(sheet);
            Set<String> gone = chosen(sheet.keySet(), lost);
            runs.run(RunMode.SYNC, "", (phase, time) -> {
                if (phase == Phase.VERIFY && time == 1) {
                    gone.forEach(runs::lose);
                }
            });
            assertThat(runs.names()).isEqualTo(sheet);
            assertThat(runs.journal.recoveries().contains(Recovery.Action.RESYNCED))
                    .isEqualTo(!gone.isEmpty());
            assertThat(runs.journal.verifications()).hasSize(gone.isEmpty() ? 1 : 2);
            assertThat(runs.execution().verification().orElseThrow().equal()).isTrue();
        });
    }

    /** The rows go again and again: it is tried once, told as it is, and raises the alarm whatever the thresholds are. */
    @Test
    void v04AFailedResyncRaisesAnAlert() {
        property("V04").forAll(SHEETS, Gens.ints(0, 511), Gens.booleans(), (sheet, lost, always) -> {
            MemoryRuns runs = office(sheet);
            Set<String> gone = chosen(sheet.keySet(), lost);
            runs.run(RunMode.SYNC, "", (phase, time) -> {
                if (phase == Phase.VERIFY && (always || time == 1)) {
                    gone.forEach(runs::lose);
                }
            });
            assertThat(runs.journal.recoveries())
                    .isEqualTo(gone.isEmpty() ? List.of() : List.of(Recovery.Action.RESYNCED));
            Verification last = runs.execution().verification().orElseThrow();
            assertThat(last.gaps()).isEqualTo(always ? gone.size() : 0);
            AlertSettings deaf = new AlertSettings(0, 0, 0, 0, 0, 0, 0);
            RunFacts facts = facts(last, runs.journal.recoveries().contains(Recovery.Action.RESYNCED));
            assertThat(holding(facts, deaf)).isEqualTo(last.gaps() > 0 ? List.of(AlertType.RESYNC_FAILED) : List.of());
        });
    }

    private static List<AlertType> holding(RunFacts facts, AlertSettings settings) {
        return AlertRules.judge(facts, settings).stream()
                .filter(Finding.Holds.class::isInstance)
                .map(Finding::type)
                .toList();
    }

    @Test
    void v05VerificationIsInTheAuditLogAsItWas() {
        property("V05").forAll(SHEETS, SHEETS, (target, source) -> {
            MemoryRuns runs = office(target);
            runs.run(RunMode.SYNC, "");
            runs.office.writes(rows(source));
            runs.run(RunMode.VERIFY, "");
            Set<String> both = new TreeSet<>(source.keySet());
            both.retainAll(target.keySet());
            long differing = both.stream()
                    .filter(id -> !Objects.equals(source.get(id), target.get(id)))
                    .count();
            assertThat(runs.journal.verifications())
                    .containsExactly(new Verification(
                            source.size() == both.size() && differing == 0,
                            source.size(),
                            target.size(),
                            source.size() - both.size(),
                            target.size() - both.size(),
                            differing,
                            differing == 0 ? Map.of() : Map.of("name", differing)));
        });
    }

    /** Also over several batches, and to the end of each phase. */
    @Test
    void v15ProgressIsReportedAndNeverGoesBackWithinAPhase() {
        int batch = RunExecution.BATCH_RECORDS;
        Gen<Integer> sizes = Gens.oneOf(Gens.ints(0, 9), Gens.ints(2 * batch - 2, 2 * batch + 600));
        Property.of("V15").tries(16).shrinks(50).forAll(sizes, sizes, (before, after) -> {
            MemoryRuns runs = office(sheet(before, "Ann"));
            runs.run(RunMode.SYNC, REMOVE);
            runs.office.writes(rows(sheet(after, "Bob")));
            runs.run(RunMode.SYNC, REMOVE);
            Progress last = new Progress(Phase.FETCH, 0, Progress.UNKNOWN);
            Map<Phase, Progress> ends = new TreeMap<>();
            for (Progress next : runs.journal.progress) {
                assertThat(next.before(last)).isFalse();
                last = next;
                ends.put(next.phase(), next);
            }
            assertThat(ends).containsOnlyKeys(Phase.values());
            int written = Math.max(before, after);
            assertThat(ends.get(Phase.UPDATE))
                    .isEqualTo(new Progress(Phase.UPDATE, written, written == 0 ? Progress.UNKNOWN : written));
        });
    }

    private static Map<String, String> sheet(int size, String name) {
        Map<String, String> sheet = new TreeMap<>();
        for (int i = 1; i <= size; i++) {
            sheet.put("S-" + i, name);
        }
        return sheet;
    }

    @Test
    void v23EachPhasesTimeIsRecorded() {
        property("V23").forAll(SHEETS, sheet -> {
            MemoryRuns runs = office(sheet);
            runs.run(RunMode.SYNC, "");
            Map<Phase, Duration> told = new TreeMap<>();
            for (MemoryJournal.Word word : runs.journal.words) {
                if (word instanceof MemoryJournal.Word.OfPhase phase) {
                    told.merge(phase.phase(), phase.took(), Duration::plus);
                }
            }
            assertThat(told)
                    .containsOnlyKeys(Phase.values())
                    .isEqualTo(runs.execution().phases());
            assertThat(told.values()).allMatch(took -> took.equals(Duration.ofMillis(1)));
        });
    }

    @Test
    void v25ErrorsAreCategorised() {
        property("V25").forAll(SHEETS, Gens.ints(0, 3), (sheet, silent) -> {
            MemoryRuns runs = new MemoryRuns(folder, Set.of("Eve"));
            List<String> rows = new ArrayList<>(rows(sheet));
            rows.add("bad,Ann,1,");
            runs.office.writes(rows);
            runs.run(RunMode.SYNC, "", (phase, time) -> {
                if (phase == Phase.COMPARE) {
                    runs.faulty.fallSilent(silent);
                }
            });
            assertThat(of(runs, ErrorCategory.VALIDATION)).isOne();
            long refused = sheet.values().stream().filter("Eve"::equals).count();
            assertThat(of(runs, ErrorCategory.DATABASE)).isEqualTo(refused + silent);
        });
    }

    private static long of(MemoryRuns runs, ErrorCategory category) {
        return runs.journal.errors.stream()
                .filter(error -> error.category() == category)
                .count();
    }

    @Test
    void v28WhatPassesIsRetriedThreeTimesAfterPausesThatDouble() {
        property("V28").forAll(SHEETS, Gens.ints(0, 6), (sheet, silent) -> {
            MemoryRuns runs = office(sheet);
            boolean failed = runs.run(RunMode.SYNC, "", (phase, time) -> {
                        if (phase == Phase.COMPARE) {
                            runs.faulty.fallSilent(silent);
                        }
                    })
                    .isPresent();
            assertThat(failed).isEqualTo(silent > 3);
            assertThat(runs.pauses)
                    .isEqualTo(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
                            .subList(0, Math.min(silent, 3)));
        });
    }

    @Test
    void v29TheDatabaseIsAskedAgainInWhicheverPhaseItBrokeOff() {
        Gen<Phase> phases = Gens.pick(Phase.COMPARE, Phase.UPDATE, Phase.VERIFY);
        property("V29").forAll(SHEETS, phases, Gens.ints(1, 3), (sheet, where, silent) -> {
            MemoryRuns runs = office(sheet);
            assertThat(runs.run(RunMode.SYNC, "", (phase, time) -> {
                        if (phase == where) {
                            runs.faulty.fallSilent(silent);
                        }
                    }))
                    .isEmpty();
            assertThat(runs.names()).isEqualTo(sheet);
            assertThat(runs.execution().verification().orElseThrow().equal()).isTrue();
        });
    }

    @Test
    void v30AnInvalidRecordStopsNoOther() {
        property("V30").forAll(SHEETS, Gens.ints(0, 3), (sheet, invalid) -> {
            MemoryRuns runs = new MemoryRuns(folder, Set.of("Eve"));
            List<String> rows = new ArrayList<>(rows(sheet));
            for (int i = 0; i < invalid; i++) {
                rows.add(i % (rows.size() + 1), "T-" + i + ",Ann,1,");
            }
            runs.office.writes(rows);
            assertThat(runs.run(RunMode.SYNC, "")).isEmpty();
            Map<String, String> taken = new TreeMap<>(sheet);
            taken.values().removeIf("Eve"::equals);
            assertThat(runs.names()).isEqualTo(taken);
            assertThat(runs.execution().tally().of(Fate.FAILED)).isEqualTo(invalid + sheet.size() - taken.size());
        });
    }

    @Test
    void v31RecoveryActionsAreLogged() {
        property("V31").forAll(SHEETS, Gens.ints(0, 3), (sheet, silent) -> {
            MemoryRuns runs = new MemoryRuns(folder, Set.of("Eve"));
            runs.office.writes(rows(sheet));
            runs.run(RunMode.SYNC, "", (phase, time) -> {
                if (phase == Phase.UPDATE && time == 1) {
                    runs.faulty.fallSilent(sheet.isEmpty() ? 0 : silent);
                }
            });
            long refused = sheet.values().stream().filter("Eve"::equals).count();
            assertThat(count(runs, Recovery.Action.SKIPPED)).isEqualTo(refused);
            assertThat(count(runs, Recovery.Action.RECONNECTED)).isEqualTo(sheet.isEmpty() ? 0 : silent);
            assertThat(count(runs, Recovery.Action.BISECTED) > 0).isEqualTo(refused > 0 && sheet.size() > 1);
            assertThat(count(runs, Recovery.Action.RESYNCED)).isEqualTo(refused > 0 ? 1 : 0);
        });
    }

    @Test
    void v45WhereRecoveryIsOffGapsAreToldAndNothingIsWrittenAgain() {
        property("V45 gaps").forAll(SHEETS, Gens.ints(0, 511), Gens.booleans(), (sheet, lost, recovers) -> {
            MemoryRuns runs = office(sheet);
            runs.recovers = recovers;
            Set<String> gone = chosen(sheet.keySet(), lost);
            runs.run(RunMode.SYNC, "", (phase, time) -> {
                if (phase == Phase.VERIFY && time == 1) {
                    gone.forEach(runs::lose);
                }
            });
            Map<String, String> left = new TreeMap<>(sheet);
            if (!recovers) {
                left.keySet().removeAll(gone);
            }
            assertThat(runs.names()).isEqualTo(left);
            boolean resynced = recovers && !gone.isEmpty();
            assertThat(runs.journal.recoveries()).isEqualTo(resynced ? List.of(Recovery.Action.RESYNCED) : List.of());
            Verification last = runs.execution().verification().orElseThrow();
            assertThat(last.gaps()).isEqualTo(sheet.size() - left.size());
            assertThat(runs.journal.keys(Fate.GAP)).hasSize(sheet.size() - left.size());
            assertThat(holding(facts(last, resynced), AlertSettings.defaults()))
                    .isEqualTo(last.gaps() == 0 ? List.of() : List.of(AlertType.GAPS));
        });
    }

    private static RunFacts facts(Verification verification, boolean resynced) {
        RunId id = new RunId("0".repeat(32));
        Instant at = Instant.EPOCH;
        Run run = new Run(
                new RunStart(id, MemoryRuns.TARGET, "x", Cause.SCHEDULED, "ann", Optional.empty(), false),
                verification.equal() ? RunStatus.SUCCEEDED : RunStatus.PARTIAL,
                new Progress(Phase.VERIFY, 0, 0),
                Counts.NONE,
                Optional.of(verification),
                at,
                at,
                Optional.of(at),
                "");
        return new RunFacts(run, List.of(), Map.of(), resynced);
    }

    @Test
    void v45WhereRecoveryIsOffNothingThatFailsIsTriedAgain() {
        Gen<Phase> phases = Gens.pick(Phase.COMPARE, Phase.UPDATE, Phase.VERIFY);
        property("V45 retries").forAll(SHEETS, phases, Gens.ints(0, 3), (sheet, where, silent) -> {
            MemoryRuns runs = office(sheet);
            runs.recovers = false;
            boolean failed = runs.run(RunMode.SYNC, "", (phase, time) -> {
                        if (phase == where) {
                            runs.faulty.fallSilent(silent);
                        }
                    })
                    .isPresent();
            assertThat(failed).isEqualTo(silent > 0);
            assertThat(runs.pauses).isEmpty();
            assertThat(runs.journal.recoveries()).isEmpty();
        });
    }

    private static long count(MemoryRuns runs, Recovery.Action action) {
        return runs.journal.recoveries().stream().filter(action::equals).count();
    }

    @Test
    void v32v33v35RequiredFieldsAndFormatsAreCheckedAndWhatIsWrongIsLogged() {
        Gen<String> numbers = Gens.pick("S-1", "S-2", "s-3", "T-4", "S-", "", " S-5 ");
        Gen<String> names = Gens.pick("Ann", "", "  ");
        property("V32 V33 V35").forAll(numbers, names, (number, name) -> {
            MemoryRuns runs = new MemoryRuns(folder);
            runs.office.writes(number + "," + name + ",1,\n");
            runs.run(RunMode.SYNC, "");
            List<ErrorCode> wrong = new ArrayList<>();
            String normal = number.strip().toUpperCase(Locale.ROOT);
            if (normal.isEmpty()) {
                wrong.add(ErrorCode.FIELD_REQUIRED);
            } else if (!normal.matches("S-[0-9]+")) {
                wrong.add(ErrorCode.FIELD_PATTERN);
            }
            if (name.isBlank()) {
                wrong.add(ErrorCode.FIELD_REQUIRED);
            }
            assertThat(runs.names()).hasSize(wrong.isEmpty() ? 1 : 0);
            List<RunError> told = runs.journal.errors.stream()
                    .filter(error -> error.category() == ErrorCategory.VALIDATION)
                    .toList();
            assertThat(told).hasSize(wrong.isEmpty() ? 0 : 1);
            for (RunError error : told) {
                assertThat(wrong).extracting(Enum::name).contains(error.code());
                wrong.forEach(code -> assertThat(error.message()).contains(code.cause()));
            }
            assertThat(runs.execution().tally().of(Fate.FAILED)).isEqualTo(wrong.isEmpty() ? 0 : 1);
        });
    }

    @Test
    void v34TheNamedRecordsExistenceIsChecked() {
        property("V34").forAll(SHEETS, sheet -> {
            MemoryRuns runs = office(sheet);
            // Each seller must name one of these very sellers.
            Set<String> known = sheet.keySet();
            List<String> rows = sheet.keySet().stream()
                    .map(id -> id + "," + ("Eve".equals(sheet.get(id)) ? "S-0" : id) + ",1,")
                    .toList();
            runs.office.writes(rows);
            runs.office.referTo("name", "sellers");
            runs.run(RunMode.SYNC, "");
            Set<String> dangling = known.stream()
                    .filter(id -> "Eve".equals(sheet.get(id)))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(runs.journal.errors.stream()
                            .filter(error -> error.category() == ErrorCategory.INTEGRITY)
                            .map(RunError::key))
                    .containsExactlyElementsOf(dangling);
            assertThat(runs.journal.errors.stream()
                            .filter(error -> error.category() == ErrorCategory.INTEGRITY)
                            .map(RunError::message))
                    .allMatch("Its name S-0 names no record of sellers."::equals);
            assertThat(runs.execution().tally().records().dangling()).isEqualTo(dangling.size());
        });
    }

    @Test
    void v37WritingAKnownRecordUpdatesItAnUnknownOneInsertsIt() {
        property("V37").forAll(SHEETS, SHEETS, (before, after) -> {
            MemoryRuns runs = office(before);
            runs.run(RunMode.SYNC, "");
            runs.office.writes(rows(after));
            runs.run(RunMode.SYNC, "");
            Map<String, String> all = new TreeMap<>(before);
            all.putAll(after);
            assertThat(runs.names()).isEqualTo(all);
            assertThat(runs.journal.keys(Fate.CREATED))
                    .containsExactlyElementsOf(after.keySet().stream()
                            .filter(id -> !before.containsKey(id))
                            .sorted()
                            .toList());
            assertThat(runs.journal.keys(Fate.UPDATED))
                    .containsExactlyElementsOf(after.keySet().stream()
                            .filter(id -> before.containsKey(id) && !Objects.equals(after.get(id), before.get(id)))
                            .sorted()
                            .toList());
        });
    }

    @Test
    void v38ASyncRunTwiceLeavesTheSameStateAsOnce() {
        property("V38").forAll(SHEETS, SHEETS, (before, after) -> {
            MemoryRuns runs = office(before);
            runs.run(RunMode.SYNC, REMOVE);
            runs.office.writes(rows(after));
            runs.run(RunMode.SYNC, REMOVE);
            Map<String, String> once = runs.names();
            long sequence = runs.sequence();
            runs.run(RunMode.SYNC, REMOVE);
            assertThat(runs.names()).isEqualTo(once);
            assertThat(runs.sequence()).isEqualTo(sequence);
            assertThat(runs.journal.unchanged).isEqualTo(after.size());
        });
    }

    /** Somebody writes after the comparison: the run does not write over it; the next comparison sees it. */
    @Test
    void v40AStaleUpdateIsRefused() {
        property("V40").forAll(SHEETS, SHEETS, Gens.ints(0, 511), (before, after, bits) -> {
            MemoryRuns runs = office(before);
            runs.run(RunMode.SYNC, "");
            runs.office.writes(rows(after));
            Set<String> edited = chosen(after.keySet(), bits);
            Map<String, String> seen = new TreeMap<>();
            runs.run(RunMode.SYNC, "", (phase, time) -> {
                if (phase == Phase.UPDATE && time == 1) {
                    edited.forEach(id -> runs.write(id, text("Zoe")));
                } else if (phase == Phase.VERIFY && time == 1) {
                    seen.putAll(runs.names());
                }
            });
            Set<String> changed = after.keySet().stream()
                    .filter(id -> !Objects.equals(after.get(id), before.get(id)))
                    .collect(Collectors.toCollection(TreeSet::new));
            changed.retainAll(edited);
            edited.forEach(id -> assertThat(seen).containsEntry(id, "Zoe"));
            assertThat(runs.journal.errors.stream()
                            .filter(error -> error.category() == ErrorCategory.CONFLICT)
                            .map(RunError::key))
                    .containsExactlyElementsOf(changed);
            Map<String, String> end = new TreeMap<>(before);
            end.putAll(after);
            assertThat(runs.names()).isEqualTo(end);
        });
    }

    private static Map<String, Value> text(String name) {
        return Map.of("name", new Value.Text(name), "number", new Value.Text("S-0"));
    }

    private static Value day(int number) {
        Instant midnight = Instant.parse("2026-01-1" + number + "T00:00:00Z");
        return new Value.Time(ChronoUnit.MICROS.between(Instant.EPOCH, midnight));
    }

    @Test
    void v41ConflictsResolveByTimestamp() {
        property("V41").forAll(Gens.ints(0, 5), Gens.ints(0, 5), Gens.booleans(), (held, offered, late) -> {
            MemoryRuns runs = new MemoryRuns(folder);
            Map<String, Value> theirs =
                    Map.of("number", new Value.Text("S-1"), "name", new Value.Text("Zoe"), "changed", day(held));
            runs.office.writes("S-1,Ann,1,2026-01-1" + offered + "\n");
            if (!late) {
                runs.write("S-1", theirs);
            }
            runs.run(RunMode.SYNC, "timestamp: changed\n", (phase, time) -> {
                if (late && phase == Phase.UPDATE && time == 1) {
                    runs.write("S-1", theirs);
                }
            });
            assertThat(runs.names()).containsEntry("S-1", held > offered ? "Zoe" : "Ann");
            assertThat(runs.execution().tally().of(Fate.KEPT)).isEqualTo(held > offered ? 1 : 0);
            assertThat(runs.execution().verification().orElseThrow().equal()).isTrue();
        });
    }
}
