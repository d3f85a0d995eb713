package io.holdfast.earnings.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Key figures of a period, from the log alone. Percentiles are those of the nearest rank: the smallest value that so much of all are
 * not above.
 *
 * @param since when the period began
 * @param syncs messages that were answered or failed
 * @param succeeded of these
 * @param retries of them that came after a failure
 * @param p50 half of those that succeeded took no longer; absent if none did
 * @param p95 likewise 95 of a hundred
 * @param queued changes that waited at the last message
 * @param oldest how long the oldest of them had waited
 * @param troubles errors of the system
 * @param losses of them, those by which something stored may have been lost
 */
public record Kpis(
        Instant since,
        long syncs,
        long succeeded,
        long retries,
        Optional<Duration> p50,
        Optional<Duration> p95,
        long queued,
        Duration oldest,
        long troubles,
        long losses) {

    /** The figures of what was over at that time or later. */
    public static Kpis of(OperationLog log, Predicate<LogEntry> wanted, Instant since) {
        Reckoning reckoning = new Reckoning();
        log.each(entry -> {
            if (!entry.at().isBefore(since) && wanted.test(entry)) {
                reckoning.add(entry);
            }
        });
        return reckoning.kpis(since);
    }

    private static final class Reckoning {
        private final LongStream.Builder took = LongStream.builder();
        private long syncs;
        private long succeeded;
        private long retries;
        private long queued;
        private Duration oldest = Duration.ZERO;
        private long troubles;
        private long losses;

        void add(LogEntry entry) {
            switch (entry) {
                case LogEntry.Sync sync -> {
                    syncs++;
                    retries += sync.retries() > 0 ? 1 : 0;
                    queued = sync.queued();
                    oldest = sync.oldest();
                    if (sync.success()) {
                        succeeded++;
                        took.add(sync.took().toNanos());
                    }
                }
                case LogEntry.Trouble trouble -> {
                    troubles++;
                    losses += trouble.loss() ? 1 : 0;
                }
            }
        }

        Kpis kpis(Instant since) {
            long[] sorted = took.build().sorted().toArray();
            return new Kpis(
                    since,
                    syncs,
                    succeeded,
                    retries,
                    rank(sorted, 50),
                    rank(sorted, 95),
                    queued,
                    oldest,
                    troubles,
                    losses);
        }

        private static Optional<Duration> rank(long[] sorted, long percent) {
            return sorted.length == 0
                    ? Optional.empty()
                    : Optional.of(
                            Duration.ofNanos(sorted[Math.toIntExact(Math.ceilDiv(sorted.length * percent, 100) - 1)]));
        }
    }

    /** Which share of all messages succeeded, 0 to 1; absent if there were none. */
    public Optional<Double> successRate() {
        return syncs == 0 ? Optional.empty() : Optional.of((double) succeeded / (double) syncs);
    }
}
