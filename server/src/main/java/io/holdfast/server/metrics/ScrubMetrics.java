package io.holdfast.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What the scrub counts. The gauges say what its last round through all scopes saw. Thread-safe. */
public final class ScrubMetrics {

    private final InstantSource clock;
    private final Counter rows;
    private final Counter gaps;
    private final Timer steps;
    private final AtomicLong oldest;
    private final AtomicLong open = new AtomicLong();
    private long oldestSeen = Long.MAX_VALUE;
    private long openSeen;

    ScrubMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        oldest = new AtomicLong(clock.millis());
        rows = Counter.builder("holdfast.scrub.rows")
                .description("Rows that the server compared with their digests")
                .register(registry);
        gaps = Counter.builder("holdfast.scrub.gaps")
                .description("Records that the server found to be otherwise than they should be")
                .register(registry);
        steps = Timer.builder("holdfast.scrub.steps")
                .description("Time that the server spent looking at its own rows")
                .register(registry);
        TimeGauge.builder("holdfast.proof.age", this::ageMillis, TimeUnit.MILLISECONDS)
                .description("Age of the oldest proof of a scope's rows (L1)")
                .tag("level", "L1")
                .register(registry);
        Gauge.builder("holdfast.gaps.open", open::get)
                .description("Gaps that are not closed, of all scopes")
                .register(registry);
    }

    private long ageMillis() {
        return Math.max(0, clock.millis() - oldest.get());
    }

    /** One step is done. */
    public void step(Duration took) {
        steps.record(took);
    }

    /** So many rows were compared. */
    public void rows(long count) {
        rows.increment((double) count);
    }

    /** So many gaps were found in a scope. */
    public void found(int count) {
        gaps.increment(count);
    }

    /** A scope was passed, looked at or not. */
    public synchronized void scope(Optional<Long> provenAtMillis, long openGaps) {
        oldestSeen = Math.min(oldestSeen, provenAtMillis.orElse(clock.millis()));
        openSeen += openGaps;
    }

    /** All scopes were passed. */
    public synchronized void cycle() {
        oldest.set(oldestSeen == Long.MAX_VALUE ? clock.millis() : oldestSeen);
        open.set(openSeen);
        oldestSeen = Long.MAX_VALUE;
        openSeen = 0;
    }
}
