package io.holdfast.earnings.operations;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Key figures as members of a JSON object. Stateless. */
public final class KpisJson {

    private KpisJson() {}

    /** Writes the members. */
    public static void write(Kpis kpis, JsonGenerator out) {
        out.writeStringProperty("since", kpis.since().toString());
        out.writeNumberProperty("syncs", kpis.syncs());
        out.writeNumberProperty("succeeded", kpis.succeeded());
        kpis.successRate().ifPresent(rate -> out.writeNumberProperty("successRate", rate));
        out.writeNumberProperty("retries", kpis.retries());
        micros(out, "p50Micros", kpis.p50());
        micros(out, "p95Micros", kpis.p95());
        out.writeNumberProperty("queued", kpis.queued());
        out.writeNumberProperty("oldestSeconds", kpis.oldest().toSeconds());
        out.writeNumberProperty("troubles", kpis.troubles());
        out.writeNumberProperty("dataLossIncidents", kpis.losses());
    }

    private static void micros(JsonGenerator out, String name, Optional<Duration> took) {
        took.ifPresent(period -> out.writeNumberProperty(name, period.toNanos() / 1_000));
    }
}
