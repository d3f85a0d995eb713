package io.holdfast.earnings.http;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.earnings.operations.InMemoryOperationLog;
import io.holdfast.earnings.operations.Kpis;
import io.holdfast.earnings.operations.LogEntry;
import io.holdfast.earnings.operations.OperationLog;
import io.holdfast.earnings.operations.Troubles;
import io.holdfast.server.http.app.Exchanged;
import io.holdfast.server.http.app.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes down every message of every device, and says from that how this process does. Thread-safe. */
final class ServerOperations implements AutoCloseable {

    private static final int RECENT_MAX = 1_000;
    private static final int REPLICAS_MAX = 10_000;
    private static final Duration RECENT = Duration.ofMinutes(5);

    /** Fewer messages than this say nothing about a rate. */
    private static final long TELLING = 20;

    private static final double RATE_LEAST = 0.9;

    private final OperationLog log;
    private final InstantSource clock;
    private final OperationLog recent = new InMemoryOperationLog(RECENT_MAX);

    /** Tries that failed in a row, by replica; those heard of longest ago make room. */
    private final Map<String, Integer> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REPLICAS_MAX;
        }
    };

    ServerOperations(OperationLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    OperationLog log() {
        return log;
    }

    InstantSource clock() {
        return clock;
    }

    void exchanged(Exchanged exchanged) {
        Instant now = clock.instant();
        int retries = retries(exchanged.replica(), exchanged.refusal().isPresent());
        add(new LogEntry.Sync(
                now,
                exchanged.scope(),
                exchanged.kind(),
                exchanged.outcome(),
                exchanged.refusal().isEmpty(),
                exchanged.took(),
                /* sentBytes= */ exchanged.receivedBytes(),
                /* receivedBytes= */ exchanged.sentBytes(),
                retries,
                0,
                Duration.ZERO));
        exchanged
                .refusal()
                .filter(refusal -> Troubles.ofSystem(refusal.code()))
                .ifPresent(failure -> add(trouble(now, exchanged, retries, failure)));
    }

    private synchronized int retries(String replica, boolean failed) {
        Integer before = failures.remove(replica);
        int tries = before == null ? 0 : before;
        if (failed) {
            failures.put(replica, tries + 1);
        }
        return tries;
    }

    private static LogEntry trouble(Instant now, Exchanged exchanged, int retries, HoldfastException failure) {
        TreeMap<String, String> state = new TreeMap<>();
        state.put("replica", exchanged.replica());
        state.put("request", exchanged.kind());
        state.put("receivedBytes", Long.toString(exchanged.receivedBytes()));
        state.put("retries", Integer.toString(retries));
        return Troubles.of(now, exchanged.scope(), failure, state);
    }

    private void add(LogEntry entry) {
        log.append(entry);
        recent.append(entry);
    }

    /** From the last five minutes. */
    Health health() {
        Kpis kpis = Kpis.of(recent, entry -> true, clock.instant().minus(RECENT));
        if (kpis.troubles() > 0) {
            return new Health(false, "Errors of the system in the last five minutes: " + kpis.troubles() + ".");
        }
        Optional<Double> rate = kpis.successRate();
        if (kpis.syncs() >= TELLING && rate.orElse(1.0) < RATE_LEAST) {
            return new Health(
                    false,
                    String.format(
                            Locale.ROOT,
                            "Of the last %d messages of devices %.0f %% succeeded.",
                            kpis.syncs(),
                            100 * rate.orElse(1.0)));
        }
        return new Health(true, "Devices are answered.");
    }

    @Override
    public void close() {
        log.close();
    }
}
