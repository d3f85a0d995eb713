package io.holdfast.cli.simulate;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Progress;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.system.ProcessorTime;
import io.holdfast.cli.system.Signals;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.simulation.Report;
import io.holdfast.simulation.Worlds;
import io.holdfast.simulation.world.Length;
import io.holdfast.simulation.world.Mutation;
import io.holdfast.simulation.world.WorldOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs whole worlds under faults. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs whole worlds of devices and a server under faults, each drawn from a seed, and checks that nothing is lost.",
            "A world that ends in a finding is made as short as possible and shown; its seed gives the same world again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast simulate --seeds 1..10000",
            "  holdfast simulate --world examples/journal-world.json --seeds 1..1000 --threads 2",
            "  holdfast simulate --seeds 891"
        })
public final class SimulateCommand implements Operation {

    private static final int THREADS_MAX = 256;

    private final Terminal terminal;
    private final Host host;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            defaultValue = "1..1000",
            converter = SeedRange.Converter.class,
            description = "The seeds of the worlds, or one seed (default: ${DEFAULT-VALUE}).")
    private SeedRange seeds = new SeedRange(1, 1_000);

    @Option(
            names = "--world",
            paramLabel = "FILE",
            description = "What the worlds are like: a schema, its rules, sizes and faults; see docs/simulation.md.")
    private Optional<Path> world = Optional.empty();

    @Option(
            names = "--events",
            paramLabel = "N",
            description =
                    "How many events a world has before its faults stop (default: what the world's file says, or else"
                            + " 300 steps, of which each has several).")
    private Optional<Integer> events = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Worlds that run at the same time (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(
            names = "--shrink",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Most worlds to try in making a finding short (default: ${DEFAULT-VALUE}).")
    private int shrinks = 2_000;

    @Option(
            names = "--defect",
            paramLabel = "NAME",
            defaultValue = "NONE",
            description =
                    "Builds a deliberate defect into every world, to see that it is found: ${COMPLETION-CANDIDATES}.")
    private Mutation defect = Mutation.NONE;

    @Mixin
    private JsonOption output;

    /** The command, printing to a terminal. */
    public SimulateCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws InterruptedException {
        requireBetween("--threads", threads, 1, THREADS_MAX);
        requireBetween("--shrink", shrinks, 0, Integer.MAX_VALUE);
        WorldOptions options = sized(world.map(WorldFile::read).orElseGet(WorldOptions::defaults))
                .withMutation(defect);
        CountDownLatch printed = new CountDownLatch(1);
        Sweep sweep = new Sweep(options, seeds, ProcessorTime::ofThisThread);
        try (Signals.Watch ignored = Signals.beforeStop(() -> stop(sweep, printed))) {
            return run(sweep, options);
        } finally {
            printed.countDown();
        }
    }

    private WorldOptions sized(WorldOptions usual) {
        if (events.isEmpty()) {
            return usual;
        }
        requireBetween("--events", events.get(), 1, WorldFile.EVENTS_MAX);
        return usual.lasting(Length.events(events.get()));
    }

    private static void requireBetween(String option, int given, int least, int most) {
        if (given < least || given > most) {
            throw new HoldfastException(
                    ErrorCode.USAGE, option + " is a number from " + least + " to " + most + ", not " + given + ".");
        }
    }

    /** The table of what has been run so far is worth printing before the process ends. */
    private static void stop(Sweep sweep, CountDownLatch printed) {
        sweep.stop();
        try {
            printed.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private ExitCode run(Sweep sweep, WorldOptions options) throws InterruptedException {
        Instant began = host.clock().instant();
        Sweep.Result result;
        try (Progress progress = new Progress(terminal, host.clock(), "worlds")) {
            result = sweep.run(threads, done -> progress.show(done, seeds.count()));
        }
        Duration took = Duration.between(began, host.clock().instant());
        Optional<Report> finding = result.finding().map(report -> shortened(report, options));
        SweepReport report = new SweepReport(options, seeds, threads, took, result);
        if (output.json()) {
            report.printJson(terminal.out(), finding, this::replay);
        } else {
            report.print(terminal.out(), finding, this::replay);
        }
        terminal.out().flush();
        return finding.isPresent() ? ExitCode.WRONG : ExitCode.FINE;
    }

    private Report shortened(Report report, WorldOptions options) {
        try (Progress progress = new Progress(terminal, host.clock(), "finding to make short")) {
            progress.show(1);
            return shrinks == 0 ? report : Worlds.shrink(report, options, shrinks);
        }
    }

    private String replay(Report finding) {
        return "holdfast simulate --seeds " + finding.seed()
                + world.map(file -> " --world " + file).orElse("")
                + events.map(number -> " --events " + number).orElse("")
                + (defect == Mutation.NONE ? "" : " --defect " + defect);
    }
}
