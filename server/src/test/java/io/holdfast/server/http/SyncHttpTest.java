package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.exchange.Role;
import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.alerts.AlertType;
import io.holdfast.server.alerts.Finding;
import io.holdfast.server.alerts.Subject;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.Target;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.server.system.Machine;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    private static final Gen<Map<String, String>> SHEETS =
            Gens.maps(Gens.ints(1, 6).map(number -> "S-" + number), Gens.pick("Ann", "Bob", ""), 0, 5);

    /** Whatever the sheet holds: what can be taken of it stands in the table afterwards, and the answers say so. */
    @Test
    void v14AManualTriggerRunsASync() {
        String source = sync.source("sellers", "S-1,Ann\n");
        configure(source);
        ended(SyncServer.text(started(), "syncId"));
        Map<String, String> table = new TreeMap<>(Map.of("S-1", "Ann"));
        Property.of("V14: a manual trigger runs a sync").tries(4).shrinks(20).forAll(SHEETS, sheet -> {
            StringBuilder rows = new StringBuilder();
            sheet.forEach((number, name) ->
                    rows.append(number).append(',').append(name).append('\n'));
            sync.source("sellers", rows.toString());
            Map<String, String> valid = new TreeMap<>(sheet);
            valid.values().removeIf(String::isEmpty);
            long created = valid.keySet().stream()
                    .filter(number -> !table.containsKey(number))
                    .count();
            table.putAll(valid);
            // A run gives its target back a moment after it has told its end.
            HttpResponse<String> started =
                    await().until(() -> sync.post("/api/sync/manual", operator), answer -> answer.statusCode() == 202);
            HttpResponse<String> ended = ended(SyncServer.text(started, "syncId"));
            assertThat(rows()).isEqualTo(table);
            assertThat(SyncServer.text(ended, "startedBy")).isEqualTo("ann");
            assertThat(SyncServer.text(ended, "cause")).isEqualTo("MANUAL");
            assertThat(SyncServer.text(ended, "counts", "created")).isEqualTo(Long.toString(created));
            assertThat(SyncServer.text(ended, "counts", "failed"))
                    .isEqualTo(Integer.toString(sheet.size() - valid.size()));
            assertThat(SyncServer.text(ended, "status"))
                    .isEqualTo(sheet.size() == valid.size() ? "SUCCEEDED" : "PARTIAL");
        });
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        sync.database.read(session -> {
            session.stream("SELECT id, name FROM sellers", row -> rows.put(row.getString(1), row.getString(2)));
            return true;
        });
        return rows;
    }

    @Test
    void aRunIsShownWithItsRecordsErrorsAndSummary() {
        configure(sync.source("sellers", "S-1,Ann\nS-2,Bob\nX,Wrong\n"));
        String id = SyncServer.text(started(), "syncId");
        HttpResponse<String> ended = ended(id);
        assertThat(SyncServer.text(ended, "run")).isEqualTo(id);
        assertThat(SyncServer.text(ended, "syncId")).isEqualTo(id);
        assertThat(SyncServer.text(ended, "status")).isEqualTo("PARTIAL");
        assertThat(SyncServer.text(ended, "source")).isEqualTo("sellers");
        assertThat(SyncServer.text(ended, "verification", "equal")).isEqualTo("true");
        assertThat(SyncServer.text(ended, "summary", "run")).isEqualTo(id);
        assertThat(SyncServer.text(ended, "summary", "outcome")).isEqualTo("PARTIAL");
        assertThat(SyncServer.text(ended, "summary", "target", "created")).isEqualTo("2");
        HttpResponse<String> records = sync.server.get("/api/sync/records?key=S-2", viewer);
        assertThat(SyncServer.list(records, "records")).hasSize(1);
        assertThat(records.body()).contains("\"run\":\"" + id + "\"");
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

    private static final Gen<RunStatus> STATES =
            Gens.oneOf(Gens.constant(RunStatus.RUNNING), Gens.pick(RunStatus.values()));

    /** Runs in any state, as processes of any kind left them in the journal. */
    @Test
    void v13TheStatusShowsWhatRunsAndHowTheLastRunWent() {
        int[] scopes = {0};
        Property.of("V13: the status is visible").tries(12).shrinks(40).forAll(STATES.list(0, 6), states -> {
            String scope = "office-" + ++scopes[0];
            String somebody = sync.server.token(Role.VIEWER, scope);
            List<RunId> runs = new ArrayList<>();
            List<RunId> running = new ArrayList<>();
            for (RunStatus state : states) {
                RunId run = journaled(new Target(scope, "sellers"), state, runs.size());
                runs.add(run);
                if (state == RunStatus.RUNNING) {
                    running.addFirst(run);
                }
            }
            HttpResponse<String> status = sync.server.get("/api/sync/status", somebody);
            assertThat(SyncServer.text(status, "running")).isEqualTo(Boolean.toString(!running.isEmpty()));
            assertThat(SyncServer.texts(status, "syncId", "runs"))
                    .isEqualTo(running.stream().map(RunId::text).toList());
            assertThat(SyncServer.text(status, "last", "syncId"))
                    .isEqualTo(runs.isEmpty() ? "null" : runs.getLast().text());
            assertThat(SyncServer.text(status, "last", "status"))
                    .isEqualTo(states.isEmpty() ? "null" : states.getLast().name());
        });
    }

    /** A run of some other process, the later the higher its number. */
    private RunId journaled(Target target, RunStatus state, int number) {
        RunId run = new RunId("%012x%020x".formatted(1_700_000_000_000L + number, (long) target.hashCode() & 0xffffff));
        RunJournal journal = sync.operations.journal();
        journal.started(new RunStart(run, target, "sellers", Cause.COMMAND, "ann", Optional.empty(), false));
        if (state != RunStatus.RUNNING) {
            journal.ended(run, new RunOutcome(state, ""));
        }
        return run;
    }

    @Test
    void theStatusNamesEachSourceWithItsLastRun() {
        configure(sync.source("sellers", "S-1,Ann\n"));
        assertThat(SyncServer.text(sync.server.get("/api/sync/status", viewer), "running"))
                .isEqualTo("false");
        String id = SyncServer.text(started(), "syncId");
        ended(id);
        HttpResponse<String> status = sync.server.get("/api/sync/status", viewer);
        assertThat(SyncServer.text(status, "last", "syncId")).isEqualTo(id);
        assertThat(SyncServer.texts(status, "lastRun", "sources")).containsExactly(id);
        assertThat(SyncServer.texts(status, "lastStatus", "sources")).containsExactly("SUCCEEDED");
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
        assertThat(SyncServer.text(refused, "run")).isEqualTo(other.text());
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
                .started(new RunStart(
                        run, new Target("shop", "sellers"), "sellers", Cause.MANUAL, "ann", Optional.empty(), false));
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

    /** What happens to the alert of one condition of one sheet. */
    private record Turn(int sheet, AlertType type, Deed deed) {
        enum Deed {
            FOUND,
            OVER,
            TAKEN_ON
        }
    }

    /** Whatever was found, taken on and is over: the dashboard has the newest ten alerts as they stand. */
    @Test
    void v21RecentAlertsAreShown() {
        Gen<List<Turn>> turns = Gens.zip(
                        Gens.ints(1, 4),
                        Gens.pick(AlertType.values()),
                        Gens.frequency(
                                Gens.weighted(3, Gens.constant(Turn.Deed.FOUND)),
                                Gens.weighted(1, Gens.pick(Turn.Deed.values()))),
                        Turn::new)
                .list(0, 25);
        int[] scopes = {0};
        Property.of("V21: recent alerts are shown").tries(10).shrinks(40).forAll(turns, all -> {
            String scope = "office-" + ++scopes[0];
            Map<String, String> alerts = new TreeMap<>(Comparator.reverseOrder());
            Map<String, String> open = new TreeMap<>();
            all.forEach(turn -> turn(scope, turn, alerts, open));
            HttpResponse<String> dashboard =
                    sync.server.get("/api/sync/dashboard", sync.server.token(Role.VIEWER, scope));
            List<String> newest = alerts.keySet().stream().limit(10).toList();
            assertThat(SyncServer.texts(dashboard, "id", "alerts")).isEqualTo(newest);
            assertThat(SyncServer.texts(dashboard, "state", "alerts"))
                    .isEqualTo(newest.stream().map(alerts::get).toList());
        });
    }

    private void turn(String scope, Turn turn, Map<String, String> alerts, Map<String, String> open) {
        AlertBook book = sync.operations.alerts();
        Subject subject = new Subject(scope, "sheet-" + turn.sheet());
        String which = turn.type() + " " + turn.sheet();
        switch (turn.deed()) {
            case FOUND -> {
                Alert alert = book.raise(subject, new Finding.Holds(turn.type(), "x"), "r" + alerts.size(), false);
                open.put(which, alert.id());
                alerts.putIfAbsent(alert.id(), "OPEN");
            }
            case OVER -> {
                assertThat(book.resolve(subject, turn.type())).isEqualTo(open.containsKey(which));
                Optional.ofNullable(open.remove(which)).ifPresent(id -> alerts.put(id, "RESOLVED"));
            }
            case TAKEN_ON ->
                Optional.ofNullable(open.get(which))
                        .filter(id -> "OPEN".equals(alerts.get(id)))
                        .ifPresent(id -> {
                            book.acknowledge(id, Optional.empty(), "ann", "");
                            alerts.put(id, "ACKNOWLEDGED");
                        });
        }
    }

    private void noted(String scope, int entry, String event) {
        sync.database.<Integer>write(session -> session.update(
                "INSERT INTO hf_audit (scope, entry, at_millis, who, event, detail) VALUES (?, ?, ?, 'holdfast', ?, 'd')",
                scope,
                (long) entry,
                1_000L * entry,
                event));
    }

    @Test
    void whatHappenedInRunsAndInDeviceSyncIsOneListOfWhichATokenShowsItsScopes() {
        noted("shop", 1, "GAP_FOUND");
        noted("shop", 2, "GAP_CLOSED");
        noted("other", 1, "SERVER_RECOGNISED");
        configure(sync.source("sellers", "S-1,Ann\n"));
        String run = SyncServer.text(started(), "syncId");
        ended(run);
        List<String> kinds = SyncServer.texts(sync.server.get("/api/sync/events", viewer), "kind", "events");
        assertThat(kinds).startsWith("ENDED").contains("STARTED", "VERIFIED").endsWith("GAP_CLOSED", "GAP_FOUND");
        List<String> paged = new ArrayList<>();
        String path = "/api/sync/events?limit=2";
        HttpResponse<String> page = sync.server.get(path, viewer);
        while (true) {
            paged.addAll(SyncServer.texts(page, "kind", "events"));
            String next = SyncServer.text(page, "next");
            if (next.equals("null")) {
                break;
            }
            page = sync.server.get(path + "&page=" + next, viewer);
        }
        assertThat(paged).isEqualTo(kinds);
        assertThat(SyncServer.texts(sync.server.get("/api/sync/events?run=" + run, viewer), "run", "events"))
                .hasSize(kinds.size() - 2)
                .containsOnly(run);
        assertThat(SyncServer.texts(
                        sync.server.get("/api/sync/events?until=1970-01-01T00:00:02Z&scope=shop", viewer),
                        "kind",
                        "events"))
                .containsExactly("GAP_FOUND");
        String stranger = sync.server.token(Role.VIEWER, "other");
        assertThat(SyncServer.texts(sync.server.get("/api/sync/events", stranger), "scope", "events"))
                .containsExactly("other");
        assertThat(SyncServer.list(sync.server.get("/api/sync/events?scope=shop", stranger), "events"))
                .isEmpty();
        assertThat(SyncServer.list(sync.server.get("/api/sync/events?run=" + run, stranger), "events"))
                .isEmpty();
        assertThat(sync.server.get("/api/sync/events?page=x", viewer).statusCode())
                .isEqualTo(400);
    }

    @Test
    void alertsAreListedShownOnTheDashboardAndAcknowledged() {
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
    void theDashboardHasTheTimesAndRatesOfRuns() {
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
