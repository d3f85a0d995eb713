package io.holdfast.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
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
