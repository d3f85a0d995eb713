package io.holdfast.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * All of the server's metrics. Tags have few values each: never a scope, a principal or an address. Thread-safe.
 */
public final class ServerMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Metrics of this process. */
    public ServerMetrics() {
        JvmMetrics.bindTo(registry);
    }

    /** One answered request; {@code route} is the address with its variable parts open, or {@code unmatched}. */
    public void request(String method, String route, int status, Duration took) {
        Timer.builder("holdfast.http.requests")
                .description("Answered requests")
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    /** Bytes of one request's body, plain. */
    public void received(long bytes) {
        size("holdfast.http.request.body", "Bodies of requests, after decompression", bytes);
    }

    /** Bytes of one answer's body, as sent. */
    public void sent(long bytes) {
        size("holdfast.http.response.body", "Bodies of answers, as sent", bytes);
    }

    private void size(String name, String description, long bytes) {
        DistributionSummary.builder(name)
                .description(description)
                .baseUnit("bytes")
                .register(registry)
                .record((double) bytes);
    }

    /** One finished exchange, registration or reconciliation; {@code outcome} is one of few, in lower case. */
    public void exchange(String kind, String outcome, Duration took) {
        Timer.builder("holdfast.exchanges")
                .description("Exchanges, registrations and reconciliations")
                .tags("kind", kind, "outcome", outcome)
                .register(registry)
                .record(took);
    }

    /** Changes with one result, which is one of few, in lower case. */
    public void changes(String result, long count) {
        if (count > 0) {
            Counter.builder("holdfast.changes")
                    .description("Changes received, by what became of them")
                    .tag("result", result)
                    .register(registry)
                    .increment((double) count);
        }
    }

    /** One run from a source that has ended; {@code outcome} and the phases are some of few, in lower case. */
    public void run(String outcome, Map<String, Duration> phases, Map<String, Long> records) {
        Counter.builder("holdfast.runs")
                .description("Runs from sources that have ended")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
        phases.forEach((phase, took) -> Timer.builder("holdfast.runs.phase")
                .description("Time of each phase of runs from sources")
                .tag("phase", phase)
                .register(registry)
                .record(took));
        records.forEach((fate, count) -> Counter.builder("holdfast.runs.records")
                .description("Records of runs from sources, by what became of them")
                .tag("fate", fate)
                .register(registry)
                .increment((double) count));
    }

    /** Records sent to devices. */
    public void records(long count) {
        Counter.builder("holdfast.records.sent")
                .description("Records sent in answers")
                .register(registry)
                .increment((double) count);
    }

    /** One step of the storage. */
    public void storage(String operation, boolean failed, Duration took) {
        Timer.builder("holdfast.storage")
                .description("Steps of the storage")
                .tags("operation", operation, "outcome", failed ? "failed" : "done")
                .register(registry)
                .record(took);
    }

    /** A hint sent to an event stream. */
    public void event() {
        Counter.builder("holdfast.events.sent")
                .description("Hints sent to event streams")
                .register(registry)
                .increment();
    }

    /** What the scrub counts; to be asked for once. */
    public ScrubMetrics scrub(InstantSource clock) {
        return new ScrubMetrics(registry, clock);
    }

    /** What is counted about writes of other programs; to be asked for once. */
    public ForeignMetrics foreign() {
        return new ForeignMetrics(registry);
    }

    /** Shows a number as it is whenever somebody looks. */
    public void watch(String name, String description, IntSupplier number) {
        Gauge.builder(name, number::getAsInt).description(description).register(registry);
    }

    /** The text that Prometheus reads. */
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
