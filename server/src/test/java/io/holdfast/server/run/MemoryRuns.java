package io.holdfast.server.run;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerWork;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.Target;
import io.holdfast.server.run.lease.RunStop;
import io.holdfast.server.system.Machine;
import io.holdfast.testkit.random.SeededRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs of an office against a scope in memory, so quick that a property can try a thousand of them. */
final class MemoryRuns {

    static final Target TARGET = new Target("office", "sellers");

    final Office office;
    final InMemoryServerStorage storage = new InMemoryServerStorage();
    final List<Duration> pauses = new ArrayList<>();
    private final Path folder;
    private long nanos;
    FaultyStorage faulty;
    boolean recovers = true;
    MemoryJournal journal = new MemoryJournal();
    private @Nullable RunExecution execution;
    RunStop stop = new RunStop();

    MemoryRuns(Path folder) {
        this(folder, Set.of());
    }

    /** Against a database that refuses these names. */
    MemoryRuns(Path folder, Set<String> refused) {
        this.folder = folder;
        this.office = new Office(folder);
        this.faulty = new FaultyStorage(storage, refused);
    }

    /** What happens when a phase is entered. */
    interface Entering {
        void phase(Phase phase, int time);
    }

    Optional<HoldfastException> run(RunMode mode, String more) {
        return run(mode, more, (phase, time) -> {});
    }

    /** One run; what it broke off on. Time passes with each look at the clock. */
    Optional<HoldfastException> run(RunMode mode, String more, Entering entering) {
        journal = new MemoryJournal();
        stop = new RunStop();
        Machine machine =
                new Machine(() -> Instant.ofEpochMilli(1_000_000), () -> nanos += 1_000_000, new SeededRandom(1));
        RunTools tools = new RunTools(journal, machine, pauses::add, folder, () -> recovers);
        RunId run = new RunId("0".repeat(32));
        Map<Phase, Integer> times = new TreeMap<>();
        RunListener listener = new RunListener() {
            @Override
            public void progress(RunId id, Progress progress) {
                if (progress.done() == 0) {
                    entering.phase(progress.phase(), times.merge(progress.phase(), 1, Integer::sum));
                }
            }

            @Override
            public void ended(RunReport report) {}
        };
        RunRequest request = office.request(mode, more);
        Side side = side(machine, request);
        RunExecution running = new RunExecution(tools, request, side, stop, new Scribe(tools, run, listener));
        execution = running;
        try {
            running.run();
            return Optional.empty();
        } catch (HoldfastException failure) {
            return Optional.of(failure);
        }
    }

    /** The last run. */
    RunExecution execution() {
        return Objects.requireNonNull(execution, "nothing has run yet");
    }

    private Side side(Machine machine, RunRequest request) {
        return Side.of(
                faulty,
                request.source().schema(),
                machine,
                TARGET,
                request.source().mapping());
    }

    /** The live records: name by number. */
    Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        storage.snapshot(TARGET.scope(), snapshot -> {
            snapshot.live("sellers", "", 10_000)
                    .forEach(row ->
                            names.put(row.key().id(), ((Value.Text) row.state().value("name")).text()));
            return true;
        });
        return names;
    }

    /** Writes a record by another hand. */
    void write(String id, Map<String, Value> values) {
        Machine machine = new Machine(() -> Instant.ofEpochMilli(2_000_000), () -> 0, new SeededRandom(2));
        Side.of(storage, Office.mapping("").schema(), machine, TARGET, Office.mapping(""))
                .server()
                .write(
                        Side.PRINCIPAL,
                        TARGET.scope(),
                        List.of(new RecordKey("sellers", id)),
                        state -> new ServerWork<>(
                                List.of(new ServerWrite(new RecordKey("sellers", id), new TreeMap<>(values))), true));
    }

    /** Takes a record's row away, as a fault of a disk does. */
    void lose(String id) {
        storage.damage(TARGET.scope(), new RecordKey("sellers", id), RecordState.ABSENT);
    }

    long sequence() {
        return storage.snapshot(
                TARGET.scope(), snapshot -> snapshot.head().orElseThrow().sequence());
    }
}
