package io.holdfast.cli.simulate;

import io.holdfast.simulation.Report;
import io.holdfast.simulation.Summary;
import io.holdfast.simulation.Worlds;
import io.holdfast.simulation.world.WorldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Runs the worlds of a range of seeds on some threads, until one of them ends in a finding. Each runs once; thread-safe.
 *
 * <p>Worlds on SQLite files come after all others: where both take turns, the code that Java compiles for the others must serve
 * two kinds of storage, and they take an eighth longer.
 */
final class Sweep {

    private final WorldOptions options;
    private final SeedRange seeds;
    private final Supplier<Duration> processor;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopped;

    /**
     * A sweep over seeds.
     *
     * @param processor what the calling thread has used of a processor
     */
    Sweep(WorldOptions options, SeedRange seeds, Supplier<Duration> processor) {
        this.options = options;
        this.seeds = seeds;
        this.processor = processor;
    }

    /**
     * What the worlds came to.
     *
     * @param inMemory what those took whose devices keep their records in memory
     * @param onFiles what those took whose devices keep them in SQLite files
     * @param finding the one with the lowest seed, if any
     */
    record Result(Summary summary, Effort inMemory, Effort onFiles, Optional<Report> finding) {}

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
        Effort inMemory = Effort.NONE;
        Effort onFiles = Effort.NONE;
        for (OptionalLong turn = next(); turn.isPresent() && !stopped; turn = next()) {
            long seed = turn.getAsLong();
            Duration before = processor.get();
            Report report = Worlds.run(seed, options);
            Duration used = processor.get().minus(before);
            summary.add(report);
            if (Worlds.onFiles(seed)) {
                onFiles = onFiles.plus(report, used);
            } else {
                inMemory = inMemory.plus(report, used);
            }
            if (!report.clean()) {
                stopped = true;
                return new Result(summary, inMemory, onFiles, Optional.of(report));
            }
            progress.accept(done.incrementAndGet());
        }
        return new Result(summary, inMemory, onFiles, Optional.empty());
    }

    /** Each seed has two turns, one in each half, and takes the one of its kind. */
    private OptionalLong next() {
        for (long turn = turns.getAndIncrement(); turn < 2 * seeds.count(); turn = turns.getAndIncrement()) {
            long seed = seeds.first() + turn % seeds.count();
            if (Worlds.onFiles(seed) == turn >= seeds.count()) {
                return OptionalLong.of(seed);
            }
        }
        return OptionalLong.empty();
    }

    private static Result joined(Result left, Result right) {
        left.summary().add(right.summary());
        Optional<Report> finding = left.finding()
                .filter(one -> right.finding()
                        .filter(other -> other.seed() < one.seed())
                        .isEmpty())
                .or(right::finding);
        return new Result(
                left.summary(),
                left.inMemory().plus(right.inMemory()),
                left.onFiles().plus(right.onFiles()),
                finding);
    }
}
