package io.holdfast.server.operations;

import io.holdfast.server.metrics.ServerMetrics;
import io.holdfast.server.run.RunReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts runs for whoever watches the server. Thread-safe. */
public final class RunMeter implements Consumer<RunReport> {

    private final ServerMetrics metrics;

    /** Counts in those metrics. */
    public RunMeter(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void accept(RunReport report) {
        Map<String, Duration> phases = new TreeMap<>();
        report.phases().forEach((phase, took) -> phases.put(lower(phase), took));
        RunReport.Records records = report.records();
        metrics.run(
                lower(report.outcome()),
                phases,
                Map.of(
                        "created", records.created(),
                        "updated", records.updated(),
                        "unchanged", records.unchanged(),
                        "deleted", records.deleted(),
                        "failed", records.failed(),
                        "quarantined", records.quarantined()));
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
