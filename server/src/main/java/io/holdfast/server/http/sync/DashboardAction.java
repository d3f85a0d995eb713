package io.holdfast.server.http.sync;

import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.dashboard.Dashboard;
import io.holdfast.server.dashboard.Dashboards;
import io.holdfast.server.dashboard.Rate;
import io.holdfast.server.dashboard.Trend;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/sync/dashboard}: runs at a glance. Thread-safe. */
final class DashboardAction {

    private static final int LAST = 10;

    private final Dashboards dashboards;
    private final RunLog log;
    private final AlertBook book;
    private final InstantSource clock;

    DashboardAction(Dashboards dashboards, RunLog log, AlertBook book, InstantSource clock) {
        this.dashboards = dashboards;
        this.log = log;
        this.book = book;
        this.clock = clock;
    }

    Answer show(Call call) {
        call.query().requireOnly(Set.of());
        Optional<Set<String>> scopes = Seen.scopes(call);
        Dashboard dashboard = dashboards.at(clock.instant(), scopes);
        LogFilter all = scopes.map(LogFilter.ALL::withScopes).orElse(LogFilter.ALL);
        List<Alert> alerts = book.list(scopes, Set.of(), "", LAST);
        return Answer.json(RunJson.text(out -> {
            out.writeStringProperty("at", dashboard.at().toString());
            dashboard.lastSync().ifPresent(at -> out.writeStringProperty("lastSync", at.toString()));
            out.writeNumberProperty("gaps", dashboard.gaps());
            out.writeNumberProperty("openGaps", dashboard.openGaps());
            out.writeObjectPropertyStart("successRate");
            out.writeName("24h");
            rate(dashboard.day(), out);
            out.writeName("7d");
            rate(dashboard.week(), out);
            out.writeEndObject();
            out.writeArrayPropertyStart("lastRuns");
            log.runs(all, Optional.empty(), LAST).forEach(run -> {
                out.writeStartObject();
                RunJson.members(run, out);
                out.writeEndObject();
            });
            out.writeEndArray();
            out.writeArrayPropertyStart("alerts");
            alerts.forEach(alert -> {
                out.writeStartObject();
                AlertJson.members(alert, out);
                out.writeEndObject();
            });
            out.writeEndArray();
            out.writeObjectPropertyStart("trends");
            trends("hours", dashboard.hours(), out);
            trends("days", dashboard.days(), out);
            out.writeEndObject();
        }));
    }

    private static void trends(String name, List<Trend> trends, JsonGenerator out) {
        out.writeArrayPropertyStart(name);
        for (Trend trend : trends) {
            out.writeStartObject();
            out.writeStringProperty("from", trend.from().toString());
            out.writeName("rate");
            rate(trend.rate(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void rate(Rate rate, JsonGenerator out) {
        out.writeStartObject();
        out.writeNumberProperty("runs", rate.runs());
        out.writeNumberProperty("succeeded", rate.succeeded());
        out.writeNumberProperty("partial", rate.partial());
        out.writeNumberProperty("failed", rate.failed());
        out.writeNumberProperty("success", rate.success());
        out.writeNumberProperty("records", rate.records());
        out.writeNumberProperty("errors", rate.errors());
        out.writeNumberProperty("millis", rate.micros() / 1_000);
        out.writeNumberProperty("recordsPerSecond", rate.recordsPerSecond());
        out.writeEndObject();
    }
}
