package io.holdfast.server.run.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.Target;
import io.holdfast.server.storage.SqlEngine;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leases must do on every engine; a subclass names the database. Each process has a database connection of its own. */
abstract class LeasesContract {

    private static final int PROCESSES = 3;

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final SplittableRandom random = new SplittableRandom(4);
    private final List<Database> databases = new ArrayList<>();
    private int targets;

    abstract SqlEngine newEngine();

    @BeforeEach
    void open() {
        SqlEngine engine = newEngine();
        for (int i = 0; i < PROCESSES; i++) {
            databases.add(engine.open());
        }
    }

    @AfterEach
    void close() {
        databases.forEach(Database::close);
    }

    private Target freshTarget() {
        return new Target("office-" + ++targets, "sellers");
    }

    private RunId freshRun() {
        return RunId.next(clock, random);
    }

    /** What happens to a process. */
    private enum Deed {
        TAKES,
        SAYS_MORE,
        WRITES,
        GIVES_BACK,
        IS_KILLED,
        SECONDS_PASS
    }

    /** Something happens. */
    private record Event(int process, Deed deed) {}

    /** A third of a lease, so that some of them run out to the second. */
    private static final Duration PASSING = Leases.LENGTH.dividedBy(3);

    private static final Gen<List<Event>> HISTORIES = Gens.zip(
                    Gens.ints(0, PROCESSES - 1),
                    Gens.frequency(
                            Gens.weighted(1, Gens.pick(Deed.values())),
                            Gens.weighted(1, Gens.pick(Deed.TAKES, Deed.SECONDS_PASS))),
                    Event::new)
            .list(0, 30);

    /** Several processes at one target, and what must come of it. */
    private final class World {
        private final Target target = freshTarget();
        private final Set<String> killed = new TreeSet<>();
        private final List<Leases> processes = new ArrayList<>();
        private final List<Optional<Lease>> held = new ArrayList<>();

        /** The newest lease, until it was given back; whoever took it and until when it holds. */
        private Optional<Lease> newest = Optional.empty();

        private int holder;
        private Instant until = Instant.MIN;

        World() {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(new Leases(databases.get(i), clock, new Holder("process-" + i, killed::contains)));
                held.add(Optional.empty());
            }
        }

        void happen(Event event) {
            int process = event.process();
            switch (event.deed()) {
                case TAKES -> take(process);
                case SAYS_MORE -> held.get(process).ifPresent(lease -> sayMore(process, lease));
                case WRITES ->
                    held.get(process)
                            .ifPresent(lease ->
                                    assertThat(writes(process, lease)).isEqualTo(newest.equals(Optional.of(lease))));
                case GIVES_BACK -> held.get(process).ifPresent(lease -> giveBack(process, lease));
                case IS_KILLED -> killed.add("process-" + process);
                case SECONDS_PASS -> clock.advance(PASSING);
            }
        }

        private boolean taken() {
            return newest.isPresent() && clock.instant().isBefore(until) && !killed.contains("process-" + holder);
        }

        private void take(int process) {
            RunId run = freshRun();
            Optional<Lease> before = newest;
            boolean refused = taken();
            try {
                Lease lease = processes.get(process).take(target, run);
                assertThat(refused).isFalse();
                assertThat(lease.run()).isEqualTo(run);
                assertThat(lease.broken()).isEqualTo(before.map(Lease::run));
                held.set(process, Optional.of(lease));
                newest = held.get(process);
                holder = process;
                killed.remove("process-" + process);
                until = clock.instant().plus(Leases.LENGTH);
            } catch (HoldfastException refusal) {
                assertThat(refused).isTrue();
                assertThat(refusal.code()).isEqualTo(ErrorCode.RUN_ACTIVE);
                assertThat(refusal.context())
                        .containsEntry("run", before.orElseThrow().run().text());
            }
        }

        private void sayMore(int process, Lease lease) {
            Leases.Standing standing = processes.get(process).renew(lease);
            if (newest.equals(Optional.of(lease))) {
                assertThat(standing).isEqualTo(new Leases.Standing.Held());
                until = clock.instant().plus(Leases.LENGTH);
            } else {
                assertThat(standing).isEqualTo(new Leases.Standing.Lost());
            }
        }

        private void giveBack(int process, Lease lease) {
            processes.get(process).release(lease);
            if (newest.equals(Optional.of(lease))) {
                newest = Optional.empty();
            }
            held.set(process, Optional.empty());
        }

        private boolean writes(int process, Lease lease) {
            try {
                return databases.get(process).write(Leases.fence(lease));
            } catch (HoldfastException lost) {
                assertThat(lost.code()).isEqualTo(ErrorCode.RUN_LOST);
                return false;
            }
        }
    }

    /**
     * Whatever processes do, hang, die and come back: a target is refused while somebody has it, given with a word on who broke off
     * before, and of all who ever had it only the last can write.
     */
    @Test
    void v39ConcurrentRunsArePreventedAcrossProcesses() {
        Property.of("V39: one at a time, across processes")
                .tries(40)
                .shrinks(200)
                .forAll(HISTORIES, history -> {
                    World world = new World();
                    history.forEach(world::happen);
                    long writers = 0;
                    for (int i = 0; i < PROCESSES; i++) {
                        int process = i;
                        writers += world.held
                                        .get(i)
                                        .filter(lease -> world.writes(process, lease))
                                        .isPresent()
                                ? 1
                                : 0;
                    }
                    assertThat(writers).isEqualTo(world.newest.isPresent() ? 1 : 0);
                });
    }

    @Test
    void ofProcessesThatStartAtTheSameMomentExactlyOneHasTheTarget() throws Exception {
        try (ExecutorService together = Executors.newFixedThreadPool(PROCESSES)) {
            for (int round = 0; round < 20; round++) {
                Target target = freshTarget();
                CyclicBarrier start = new CyclicBarrier(PROCESSES);
                List<RunId> runs = new ArrayList<>();
                List<Callable<Optional<RunId>>> processes = new ArrayList<>();
                for (Database database : databases) {
                    RunId run = freshRun();
                    runs.add(run);
                    Leases leases = new Leases(database, clock, new Holder("process " + run, gone -> false));
                    processes.add(() -> {
                        start.await();
                        return refusal(leases, target, run);
                    });
                }
                List<Optional<RunId>> refusals = new ArrayList<>();
                for (Future<Optional<RunId>> end : together.invokeAll(processes)) {
                    refusals.add(end.get());
                }
                assertThat(refusals).filteredOn(Optional::isEmpty).hasSize(1);
                RunId winner = runs.get(refusals.indexOf(Optional.<RunId>empty()));
                assertThat(refusals).filteredOn(Optional::isPresent).allMatch(Optional.of(winner)::equals);
            }
        }
    }

    /** The id of the run that has the target, or nothing if this one has it now. */
    private static Optional<RunId> refusal(Leases leases, Target target, RunId run) {
        try {
            leases.take(target, run);
            return Optional.empty();
        } catch (HoldfastException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.RUN_ACTIVE);
            return Optional.of(new RunId(refused.context().getOrDefault("run", "")));
        }
    }
}
