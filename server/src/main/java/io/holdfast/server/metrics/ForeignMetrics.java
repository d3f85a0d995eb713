package io.holdfast.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted about writes of other programs. Thread-safe. */
public final class ForeignMetrics {

    private final Counter folded;
    private final AtomicLong waiting = new AtomicLong();

    ForeignMetrics(MeterRegistry registry) {
        folded = Counter.builder("holdfast.foreign.folded")
                .description("Rows written by other programs that were looked at and taken in, or refused")
                .register(registry);
        Gauge.builder("holdfast.foreign.waiting", waiting::get)
                .description(
                        "Rows written by other programs that waited when the server last looked, at most a step's worth")
                .register(registry);
    }

    /** So many rows are decided. */
    public void folded(int rows) {
        folded.increment(rows);
    }

    /** So many wait. */
    public void waiting(long rows) {
        waiting.set(rows);
    }
}
