package io.holdfast.cli.simulate;

import io.holdfast.simulation.Report;
import io.holdfast.simulation.Summary;
import io.holdfast.simulation.Worlds;
import io.holdfast.simulation.world.WorldOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Runs the worlds of a range of seeds on some threads, until one of them ends in a finding. Each runs once; thread-safe. */
final class Sweep {

    private final WorldOptions options;
    private final SeedRange seeds;
    private final AtomicLong next;
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopped;

    Sweep(WorldOptions options, SeedRange seeds) {
        this.options = options;
        this.seeds = seeds;
        this.next = new AtomicLong(seeds.first());
    }

    /** What the worlds came to, and the finding with the lowest seed, if any. */
    record Result(Summary summary, Optional<Report> finding) {}

    /** Stops it soon: worlds that have begun are ended. */
    void stop() {
        stopped = true;
    }

    /**
     * Runs the worlds.
     *
     * @param progress hears on the calling thread how many are done
     */
    Result run(int threads, LongConsumer progress) throws InterruptedException {
        List<Future<Result>> parts = new ArrayList<>();
        try (ExecutorService others = Executors.newFixedThreadPool(Math.max(1, threads - 1))) {
            for (int i = 1; i < threads; i++) {
                parts.add(others.submit(() -> part(ignored -> {})));
            }
            Result whole = part(progress);
            for (Future<Result> part : parts) {
                whole = joined(whole, part.get());
            }
            return whole;
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a world could not be run", defect.getCause());
        }
    }

    private Result part(LongConsumer progress) {
        Summary summary = new Summary();
        for (long seed = next.getAndIncrement(); seed <= seeds.last() && !stopped; seed = next.getAndIncrement()) {
            Report report = Worlds.run(seed, options);
            summary.add(report);
            if (!report.clean()) {
                stopped = true;
                return new Result(summary, Optional.of(report));
            }
            progress.accept(done.incrementAndGet());
        }
        return new Result(summary, Optional.empty());
    }

    private static Result joined(Result left, Result right) {
        left.summary().add(right.summary());
        Optional<Report> finding = left.finding()
                .filter(one -> right.finding()
                        .filter(other -> other.seed() < one.seed())
                        .isEmpty())
                .or(right::finding);
        return new Result(left.summary(), finding);
    }
}
