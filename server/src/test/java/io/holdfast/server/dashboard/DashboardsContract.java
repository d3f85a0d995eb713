package io.holdfast.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.RecordFate;
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
    private record Plan(RunStatus status, int records, int hoursBefore, int seconds, int gaps, int target) {}

    private static final Gen<Plan> PLANS = Gens.zip(
            Gens.pick(RunStatus.values()),
            Gens.ints(0, 4),
            Gens.ints(0, 200),
            Gens.ints(0, 90),
            Gens.ints(0, 3),
            Gens.ints(1, 2),
            Plan::new);

    /** A run as it happened. */
    private record Done(Plan plan, Instant start) {}

    @Test
    void v19v20v22v26RatesGapsAndTrendsEqualThoseRecomputedFromTheRuns() {
        Property.of("V19, V20, V22, V26: aggregates equal those recomputed")
                .tries(10)
                .forAll(PLANS.list(0, 12), plans -> {
                    String scope = "scope" + ++scopes;
                    Instant now = clock.instant().plus(Duration.ofDays(30));
                    List<Done> done = plans.stream()
                            .sorted((a, b) -> b.hoursBefore() - a.hoursBefore())
                            .map(plan -> run(
                                    scope,
                                    plan,
                                    now.minus(Duration.ofHours(plan.hoursBefore()))
                                            .minusSeconds(100)))
                            .toList();
                    clock.set(now);
                    Dashboard dashboard = new Dashboards(database).at(now, Optional.of(Set.of(scope)));
                    assertThat(dashboard.day()).isEqualTo(rate(done, within(now, 24, 0)));
                    assertThat(dashboard.week()).isEqualTo(rate(done, within(now, 168, 0)));
                    assertThat(dashboard.gaps()).isEqualTo(gaps(done));
                    for (int i = 0; i < 24; i++) {
                        assertThat(dashboard.hours().get(i).rate()).isEqualTo(rate(done, within(now, 24 - i, 23 - i)));
                    }
                    for (int i = 0; i < 7; i++) {
                        assertThat(dashboard.days().get(i).rate())
                                .isEqualTo(rate(done, within(now, 24 * (7 - i), 24 * (6 - i))));
                    }
                    assertThat(dashboard.lastSync()).isEqualTo(lastSync(done));
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
        return new Done(plan, start);
    }

    private static Predicate<Done> within(Instant now, int fromHours, int untilHours) {
        Instant from = now.minus(Duration.ofHours(fromHours));
        Instant until = now.minus(Duration.ofHours(untilHours));
        return done -> !done.start().isBefore(from) && done.start().isBefore(until);
    }

    private static Rate rate(List<Done> done, Predicate<Done> within) {
        List<Plan> counted = done.stream()
                .filter(within)
                .map(Done::plan)
                .filter(plan -> plan.status() != RunStatus.RUNNING && plan.status() != RunStatus.CANCELLED)
                .toList();
        return new Rate(
                counted.size(),
                counted.stream()
                        .filter(plan -> plan.status() == RunStatus.SUCCEEDED)
                        .count(),
                counted.stream()
                        .filter(plan -> plan.status() == RunStatus.PARTIAL)
                        .count(),
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

    @Test
    void v24ThroughputIsRecordsInASecondOfWork() {
        assertThat(new Rate(2, 2, 0, 500, 0, 250_000).recordsPerSecond()).isEqualTo(2_000);
        assertThat(Rate.NONE.recordsPerSecond()).isZero();
        assertThat(new Rate(4, 3, 1, 0, 0, 0).success()).isEqualTo(0.75);
    }
}
