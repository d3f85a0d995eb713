package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.exchange.Role;
import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertType;
import io.holdfast.server.alerts.Finding;
import io.holdfast.server.alerts.Subject;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.Target;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.server.system.Machine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncHttpTest {

    @TempDir
    private Path folder;

    private SyncServer sync;
    private String admin = "";
    private String operator = "";
    private String viewer = "";

    @BeforeEach
    void start() {
        sync = new SyncServer(SqliteDatabase.open(folder.resolve("server.db")), folder);
        admin = sync.server.token(Role.ADMIN, "*");
        operator = sync.server.token(Role.OPERATOR, "shop");
        viewer = sync.server.token(Role.VIEWER, "shop");
    }

    @AfterEach
    void stop() {
        sync.close();
    }

    private void configure(String... sources) {
        String version = SyncServer.text(sync.server.get("/api/sync/config", admin), "version");
        HttpResponse<String> changed = sync.put(
                "/api/sync/config",
                admin,
                "{\"version\": " + version + ", \"settings\": {\"alerts\": {\"consecutiveFailures\": 1}, \"sources\": ["
                        + String.join(",", sources) + "]}}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    }

    private HttpResponse<String> started() {
        // Settings hold after a second at most.
        return await().until(() -> sync.post("/api/sync/manual", operator), answer -> answer.statusCode() != 400);
    }

    private HttpResponse<String> ended(String id) {
        return await().until(
                        () -> sync.server.get("/api/sync/progress/" + id, viewer),
                        answer -> !SyncServer.text(answer, "status").equals("RUNNING"));
    }

    @Test
    void v14AManualTriggerRunsASyncAndV16ASummaryEndsIt() {
        configure(sync.source("sellers", "S-1,Ann\nS-2,Bob\nX,Wrong\n"));
        HttpResponse<String> started = started();
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String id = SyncServer.text(started, "syncId");
        HttpResponse<String> ended = ended(id);
        assertThat(SyncServer.text(ended, "status")).isEqualTo("PARTIAL");
        assertThat(SyncServer.text(ended, "source")).isEqualTo("sellers");
        assertThat(SyncServer.text(ended, "startedBy")).isEqualTo("ann");
        assertThat(SyncServer.text(ended, "counts", "created")).isEqualTo("2");
        assertThat(SyncServer.text(ended, "counts", "failed")).isEqualTo("1");
        assertThat(SyncServer.text(ended, "verification", "equal")).isEqualTo("true");
        assertThat(SyncServer.text(ended, "summary", "run")).isEqualTo(id);
        assertThat(SyncServer.text(ended, "summary", "target", "created")).isEqualTo("2");
        HttpResponse<String> records = sync.server.get("/api/sync/records?key=S-2", viewer);
        assertThat(SyncServer.list(records, "records")).hasSize(1);
        HttpResponse<String> failed = sync.server.get("/api/sync/runs/" + id + "/records?status=FAILED", viewer);
        assertThat(SyncServer.list(failed, "records")).hasSize(1);
        assertThat(SyncServer.list(sync.server.get("/api/sync/runs/" + id + "/errors", viewer), "errors"))
                .isNotEmpty();
        assertThat(SyncServer.list(sync.server.get("/api/sync/runs?status=PARTIAL", viewer), "runs"))
                .hasSize(1);
        assertThat(SyncServer.list(sync.server.get("/api/sync/runs?key=S-3", viewer), "runs"))
                .isEmpty();
        assertThat(SyncServer.list(sync.server.get("/api/sync/runs/" + id, viewer), "events"))
                .hasSizeGreaterThan(4);
    }

    @Test
    void v13TheStatusShowsWhatRunsAndHowTheLastRunOfEachSourceWent() {
        configure(sync.source("sellers", "S-1,Ann\n"));
        assertThat(SyncServer.text(sync.server.get("/api/sync/status", viewer), "running"))
                .isEqualTo("false");
        String id = SyncServer.text(started(), "syncId");
        ended(id);
        HttpResponse<String> status = sync.server.get("/api/sync/status", viewer);
        assertThat(SyncServer.text(status, "last", "syncId")).isEqualTo(id);
        assertThat(status.body()).contains("\"lastStatus\":\"SUCCEEDED\"");
    }

    @Test
    void v17ASecondTriggerIsRefusedWithTheIdOfTheRunThatWorks() {
        configure(sync.source("sellers", "S-1,Ann\n"));
        Machine machine = Machine.real();
        RunId other = RunId.next(machine.clock(), machine.random());
        Leases leases = new Leases(sync.database, machine.clock(), new Holder("elsewhere", gone -> false));
        leases.take(new Target("shop", "sellers"), other);
        HttpResponse<String> refused = started();
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(SyncServer.text(refused, "code")).isEqualTo("RUN_ACTIVE");
        assertThat(SyncServer.text(refused, "syncId")).isEqualTo(other.text());
    }

    @Test
    void v15ProgressIsReportedMonotonicallyUntilTheEnd() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            rows.append("S-").append(i).append(",Name ").append(i).append('\n');
        }
        configure(sync.source("sellers", rows.toString()));
        String id = SyncServer.text(started(), "syncId");
        HttpResponse<String> stream = sync.server.get("/api/sync/progress/" + id + "/events", viewer);
        List<String> events = Stream.of(stream.body().split("\n\n"))
                .filter(event -> event.startsWith("event: "))
                .toList();
        assertThat(events.getLast()).startsWith("event: ended\n");
        List<Long> seen = new ArrayList<>();
        List<String> phases = List.of("FETCH", "COMPARE", "UPDATE", "VERIFY");
        for (String event : events) {
            String run = event.substring(event.indexOf("data: ") + "data: ".length());
            long phase = phases.indexOf(SyncServer.text(run, "phase"));
            seen.add(phase * 1_000_000 + Long.parseLong(SyncServer.text(run, "done")));
        }
        assertThat(seen).isSorted();
    }

    @Test
    void aRunThatNobodyWorksOnCannotBeCancelled() {
        configure(sync.source("sellers", "S-1,Ann\n"));
        String id = SyncServer.text(started(), "syncId");
        ended(id);
        assertThat(sync.post("/api/sync/cancel/" + id, operator).statusCode()).isEqualTo(409);
        assertThat(sync.post("/api/sync/cancel/" + "0".repeat(32), operator).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRunOfAnotherProcessIsAskedToEnd() {
        Machine machine = Machine.real();
        RunId run = RunId.next(machine.clock(), machine.random());
        Leases leases = new Leases(sync.database, machine.clock(), new Holder("elsewhere", gone -> false));
        var lease = leases.take(new Target("shop", "sellers"), run);
        sync.operations
                .journal()
                .started(new io.holdfast.server.audit.RunStart(
                        run,
                        new Target("shop", "sellers"),
                        "sellers",
                        io.holdfast.server.audit.Cause.MANUAL,
                        "ann",
                        java.util.Optional.empty(),
                        false));
        assertThat(sync.post("/api/sync/cancel/" + run, operator).statusCode()).isEqualTo(202);
        assertThat(leases.renew(lease)).isInstanceOf(Leases.Standing.CancelAsked.class);
    }

    @Test
    void rolesAndScopesAreHeeded() {
        configure(sync.source("sellers", "S-1,Ann\n"));
        assertThat(sync.post("/api/sync/manual", viewer).statusCode()).isEqualTo(403);
        assertThat(sync.put("/api/sync/config", operator, "{}").statusCode()).isEqualTo(403);
        assertThat(sync.put(
                                "/api/sync/config",
                                sync.server.token(Role.ADMIN, "shop"),
                                "{\"version\":1,\"settings\":{}}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(sync.server.get("/api/sync/config/history", operator).statusCode())
                .isEqualTo(403);
        String id = SyncServer.text(started(), "syncId");
        ended(id);
        String stranger = sync.server.token(Role.OPERATOR, "garden");
        assertThat(sync.server.get("/api/sync/progress/" + id, stranger).statusCode())
                .isEqualTo(404);
        assertThat(SyncServer.list(sync.server.get("/api/sync/runs", stranger), "runs"))
                .isEmpty();
        assertThat(SyncServer.list(sync.server.get("/api/sync/records", stranger), "records"))
                .isEmpty();
        assertThat(SyncServer.list(sync.server.get("/api/sync/config", stranger), "settings", "sources"))
                .isEmpty();
        assertThat(sync.post("/api/sync/manual", stranger).statusCode()).isEqualTo(400);
        assertThat(sync.server
                        .get("/api/sync/status", sync.server.token(Role.DEVICE, "shop"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void settingsAreChangedFromTheVersionThatHoldsOnly() {
        HttpResponse<String> shown = sync.server.get("/api/sync/config", admin);
        assertThat(shown.headers().firstValue("ETag")).contains("\"1\"");
        String settings = "{\"alerts\": {\"gaps\": 5}}";
        HttpResponse<String> blind = sync.put("/api/sync/config", admin, "{\"settings\": " + settings + "}");
        assertThat(blind.statusCode()).isEqualTo(428);
        HttpResponse<String> changed = sync.put(
                "/api/sync/config", admin, "{\"settings\": " + settings + ", \"note\": \"n\"}", "If-Match", "\"1\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(SyncServer.text(changed, "settings", "alerts", "gaps")).isEqualTo("5");
        HttpResponse<String> stale =
                sync.put("/api/sync/config", admin, "{\"version\": 1, \"settings\": " + settings + "}");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(SyncServer.text(stale, "code")).isEqualTo("SETTINGS_STALE");
        HttpResponse<String> wrong = sync.put(
                "/api/sync/config", admin, "{\"version\": 2, \"settings\": {\"alerts\": {\"gaps\": -1, \"gasp\": 1}}}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(SyncServer.list(wrong, "violations")).hasSize(2);
        HttpResponse<String> back = sync.server.post("/api/sync/config/rollback", admin, "{\"version\": 2, \"to\": 1}");
        assertThat(SyncServer.text(back, "version")).isEqualTo("3");
        assertThat(SyncServer.text(back, "settings", "alerts", "gaps")).isEqualTo("1");
        assertThat(SyncServer.list(sync.server.get("/api/sync/config/history", admin), "versions"))
                .hasSize(3);
    }

    @Test
    void v21AlertsAreListedShownOnTheDashboardAndAcknowledged() {
        Alert alert = sync.operations
                .alerts()
                .raise(new Subject("shop", "sellers"), new Finding.Holds(AlertType.GAPS, "1 is missing."), "r", false);
        assertThat(sync.server.get("/api/sync/dashboard", viewer).body()).contains(alert.id());
        assertThat(SyncServer.list(sync.server.get("/api/sync/alerts", viewer), "alerts"))
                .hasSize(1);
        String path = "/api/sync/alerts/" + alert.id() + "/acknowledge";
        assertThat(sync.server.post(path, viewer, "{\"note\": \"x\"}").statusCode())
                .isEqualTo(403);
        HttpResponse<String> taken = sync.server.post(path, operator, "{\"note\": \"I look\"}");
        assertThat(SyncServer.text(taken, "state")).isEqualTo("ACKNOWLEDGED");
        assertThat(SyncServer.text(taken, "note")).isEqualTo("I look");
        assertThat(sync.server.post(path, operator, "{\"note\": \"x\"}").statusCode())
                .isEqualTo(409);
        assertThat(SyncServer.list(sync.server.get("/api/sync/alerts?status=OPEN", viewer), "alerts"))
                .isEmpty();
    }

    @Test
    void v18TheDashboardHasTheTimesAndRatesOfRuns() {
        configure(sync.source("sellers", "S-1,Ann\n"));
        String id = SyncServer.text(started(), "syncId");
        HttpResponse<String> ended = ended(id);
        HttpResponse<String> dashboard = sync.server.get("/api/sync/dashboard", viewer);
        assertThat(SyncServer.text(dashboard, "lastSync")).isEqualTo(SyncServer.text(ended, "endedAt"));
        assertThat(SyncServer.text(dashboard, "successRate", "24h", "runs")).isEqualTo("1");
        assertThat(SyncServer.list(dashboard, "lastRuns")).hasSize(1);
        assertThat(SyncServer.list(dashboard, "trends", "hours")).hasSize(24);
        assertThat(sync.server.get("/metrics").body())
                .contains("holdfast_runs_total{outcome=\"succeeded\"}", "phase=\"verify\"");
    }

    @Test
    void describesItsAddresses() {
        String description = sync.server.get("/openapi.yaml").body();
        sync.server.server.routes().forEach(route -> assertThat(description).contains("  " + route.path() + ":\n"));
        assertThat(description).contains("operationId: startSync", "operationId: exchange");
    }
}
