package io.holdfast.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Metric;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.RunFigures;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.Target;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dashboards must show on every engine; a subclass names the database. */
abstract class DashboardsContract {

    private final SettableClock clock = SettableClock.at("2026-11-01T10:00:00Z");
    private final SplittableRandom random = new SplittableRandom(9);
    private Database database;
    private int scopes;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    /** A run as it is going to happen. */
    private record Plan(RunStatus status, int records, int seconds, int gaps, int target) {}

    private static final Gen<Plan> PLANS = Gens.zip(
            Gens.pick(RunStatus.values()),
            Gens.ints(0, 4),
            Gens.ints(0, 90),
            Gens.ints(0, 3),
            Gens.ints(1, 2),
            Plan::new);

    /** Runs by the minutes that they began before the dashboard is looked at; many at the very ends of hours and days. */
    private static final Gen<Map<Integer, Plan>> HISTORIES = Gens.maps(
            Gens.oneOf(
                    Gens.ints(0, 200 * 60),
                    Gens.ints(0, 25).map(hours -> hours * 60),
                    Gens.ints(0, 8).map(days -> days * 24 * 60)),
            PLANS,
            0,
            12);

    /** A run as it happened. */
    private record Done(RunId run, Plan plan, Instant start) {}

    /** A history of runs, the earliest first, and the dashboard after it. */
    private record Seen(Instant now, List<Done> done, Dashboard dashboard) {}

    private void forAllHistories(String property, Consumer<Seen> body) {
        Property.of(property).tries(6).shrinks(100).forAll(HISTORIES, history -> {
            String scope = "scope" + ++scopes;
            Instant now = clock.instant().plus(Duration.ofDays(30));
            List<Done> done = new TreeMap<>(history)
                    .descendingMap().entrySet().stream()
                            .map(plan -> run(scope, plan.getValue(), now.minus(Duration.ofMinutes(plan.getKey()))))
                            .toList();
            clock.set(now);
            body.accept(new Seen(now, done, new Dashboards(database).at(now, Optional.of(Set.of(scope)))));
        });
    }

    private void gap(String scope, long number, String state) {
        database.<Integer>write(session -> session.update(
                "INSERT INTO hf_gap (scope, gap, kind, collection, id, here, there, found_by, found_at_millis, cause, state,"
                        + " how, ended_at_millis) VALUES (?, ?, 'ROW_CHANGED', 'c', ?, ?, ?, 'L1', 1, '', ?, '', 0)",
                scope,
                number,
                "id" + number,
                new byte[0],
                new byte[0],
                state));
    }

    @Test
    void gapsOfDeviceSyncCountUntilTheyAreClosedWithinTheScopesThatMayBeSeen() {
        gap("ann", 1, "OPEN");
        gap("ann", 2, "REPAIRING");
        gap("ann", 3, "REPAIRED");
        gap("bob", 1, "OPEN");
        gap("bob", 2, "GONE");
        Dashboards dashboards = new Dashboards(database);
        assertThat(dashboards.at(clock.instant(), Optional.of(Set.of("ann"))).openGaps())
                .isEqualTo(2);
        assertThat(dashboards.at(clock.instant(), Optional.empty()).openGaps()).isEqualTo(3);
        assertThat(dashboards.at(clock.instant(), Optional.of(Set.of())).openGaps())
                .isZero();
    }

    @Test
    void v18TheDashboardHasTheTimeOfTheLastSync() {
        forAllHistories(
                "V18: the last sync",
                seen -> assertThat(seen.dashboard().lastSync()).isEqualTo(lastSync(seen.done())));
    }

    @Test
    void v19SuccessRatesAreThoseOfTheLastDayAndWeek() {
        forAllHistories("V19: success rates", seen -> {
            List<Plan> day = counted(seen.done(), within(seen.now(), 24, 0));
            List<Plan> week = counted(seen.done(), within(seen.now(), 168, 0));
            assertThat(seen.dashboard().day().success()).isEqualTo(success(day));
            assertThat(seen.dashboard().day().failed())
                    .isEqualTo(count(day, RunStatus.FAILED) + count(day, RunStatus.INTERRUPTED));
            assertThat(seen.dashboard().week().success()).isEqualTo(success(week));
        });
    }

    private static double success(List<Plan> plans) {
        return plans.isEmpty() ? 1 : (double) count(plans, RunStatus.SUCCEEDED) / plans.size();
    }

    private static long count(List<Plan> plans, RunStatus status) {
        return plans.stream().filter(plan -> plan.status() == status).count();
    }

    @Test
    void v20TheGapCountIsThatOfTheLastVerificationOfEachTarget() {
        forAllHistories(
                "V20: the gap count",
                seen -> assertThat(seen.dashboard().gaps()).isEqualTo(gaps(seen.done())));
    }

    @Test
    void v22TrendsHaveEachRunInItsHourAndDay() {
        forAllHistories("V22: trends", seen -> {
            for (int i = 0; i < 24; i++) {
                Trend hour = seen.dashboard().hours().get(i);
                assertThat(hour.from()).isEqualTo(seen.now().minus(Duration.ofHours(24 - i)));
                assertThat(hour.rate()).isEqualTo(rate(seen.done(), within(seen.now(), 24 - i, 23 - i)));
            }
            for (int i = 0; i < 7; i++) {
                Trend day = seen.dashboard().days().get(i);
                assertThat(day.rate()).isEqualTo(rate(seen.done(), within(seen.now(), 24 * (7 - i), 24 * (6 - i))));
            }
        });
    }

    @Test
    void v24ThroughputIsTracked() {
        forAllHistories("V24: throughput", seen -> {
            List<Plan> day = counted(seen.done(), within(seen.now(), 24, 0));
            long records = day.stream().mapToLong(Plan::records).sum();
            long seconds = day.stream().mapToLong(Plan::seconds).sum();
            assertThat(seen.dashboard().day().recordsPerSecond())
                    .isEqualTo(seconds == 0 ? 0 : (double) records / seconds, offset(1e-9));
            for (Done one : seen.done()) {
                if (one.plan().status() != RunStatus.RUNNING) {
                    assertThat(new RunFigures(database).of(one.run()))
                            .containsEntry(Metric.RECORDS, (long) one.plan().records())
                            .containsEntry(Metric.TOTAL_MICROS, one.plan().seconds() * 1_000_000L);
                }
            }
        });
    }

    @Test
    void v26AggregatesEqualThoseRecomputedFromTheRuns() {
        forAllHistories("V26: aggregates", seen -> {
            assertThat(seen.dashboard().day()).isEqualTo(rate(seen.done(), within(seen.now(), 24, 0)));
            assertThat(seen.dashboard().week()).isEqualTo(rate(seen.done(), within(seen.now(), 168, 0)));
        });
    }

    private Done run(String scope, Plan plan, Instant start) {
        clock.set(start);
        SqlRunJournal journal = new SqlRunJournal(database, clock);
        RunId id = RunId.next(clock, random);
        Target target = new Target(scope, "c" + plan.target());
        journal.started(new RunStart(id, target, "s", Cause.SCHEDULED, "x", Optional.empty(), false));
        for (int i = 0; i < plan.records(); i++) {
            journal.record(id, RecordFate.of(i + 1, "k" + i, Fate.CREATED));
        }
        clock.advance(Duration.ofSeconds(plan.seconds()));
        if (plan.status() == RunStatus.SUCCEEDED || plan.status() == RunStatus.PARTIAL) {
            journal.verified(id, new Verification(plan.gaps() == 0, 5, 5, plan.gaps(), 9, plan.gaps(), Map.of()));
        }
        if (plan.status() != RunStatus.RUNNING) {
            journal.ended(id, new RunOutcome(plan.status(), ""));
        }
        return new Done(id, plan, start);
    }

    private static Predicate<Done> within(Instant now, int fromHours, int untilHours) {
        Instant from = now.minus(Duration.ofHours(fromHours));
        Instant until = now.minus(Duration.ofHours(untilHours));
        return done -> !done.start().isBefore(from) && done.start().isBefore(until);
    }

    private static List<Plan> counted(List<Done> done, Predicate<Done> within) {
        return done.stream()
                .filter(within)
                .map(Done::plan)
                .filter(plan -> plan.status() != RunStatus.RUNNING && plan.status() != RunStatus.CANCELLED)
                .toList();
    }

    private static Rate rate(List<Done> done, Predicate<Done> within) {
        List<Plan> counted = counted(done, within);
        return new Rate(
                counted.size(),
                count(counted, RunStatus.SUCCEEDED),
                count(counted, RunStatus.PARTIAL),
                counted.stream().mapToLong(Plan::records).sum(),
                0,
                counted.stream().mapToLong(plan -> plan.seconds() * 1_000_000L).sum());
    }

    private static boolean completed(Done done) {
        return done.plan().status() == RunStatus.SUCCEEDED || done.plan().status() == RunStatus.PARTIAL;
    }

    private static long gaps(List<Done> done) {
        Map<Integer, Long> latest = new HashMap<>();
        done.stream()
                .filter(DashboardsContract::completed)
                .forEach(one -> latest.put(one.plan().target(), 2L * one.plan().gaps()));
        return latest.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Optional<Instant> lastSync(List<Done> done) {
        List<Done> completed = new ArrayList<>(
                done.stream().filter(DashboardsContract::completed).toList());
        return completed.isEmpty()
                ? Optional.empty()
                : Optional.of(completed
                        .getLast()
                        .start()
                        .plusSeconds(completed.getLast().plan().seconds()));
    }
}
