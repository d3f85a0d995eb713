package io.holdfast.server.http.sync;

import io.holdfast.core.exchange.Role;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.Route;
import io.holdfast.server.http.Route.Kind;
import io.holdfast.server.http.Route.Method;
import io.holdfast.server.operations.Operations;
import io.holdfast.server.operations.RunStarter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every address of runs, in the order of {@code openapi-sync.yaml}. Stateless. */
public final class SyncRoutes {

    private static final Set<Role> PEOPLE = EnumSet.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR, Role.ADMIN);
    private static final Set<Role> ADMINS = EnumSet.of(Role.ADMIN);

    private SyncRoutes() {}

    /** The addresses, over the services of operators. */
    public static List<Route> of(Operations operations, RunStarter starter, ProgressStreams streams) {
        ControlActions control = new ControlActions(starter, operations.log(), operations.settings());
        LogActions logs = new LogActions(operations.log(), operations.figures());
        EventActions events = new EventActions(operations.events());
        AlertActions alerts = new AlertActions(operations.alerts());
        SettingsActions settings = new SettingsActions(operations.versions());
        DashboardAction dashboard = new DashboardAction(
                operations.dashboards(),
                operations.log(),
                operations.alerts(),
                operations.machine().clock());
        return List.of(
                Route.of(Method.POST, "/api/sync/manual", OPERATORS, control::start),
                Route.of(Method.GET, "/api/sync/status", PEOPLE, control::status),
                Route.of(Method.GET, "/api/sync/progress/{syncId}", PEOPLE, control::progress),
                Route.of(Method.GET, "/api/sync/progress/{syncId}/events", PEOPLE, streams.of(operations.log())::open)
                        .as(Kind.STREAM),
                Route.of(Method.POST, "/api/sync/cancel/{syncId}", OPERATORS, control::cancel),
                Route.of(Method.GET, "/api/sync/config", PEOPLE, settings::show),
                Route.of(Method.PUT, "/api/sync/config", ADMINS, settings::change),
                Route.of(Method.GET, "/api/sync/config/history", ADMINS, settings::history),
                Route.of(Method.POST, "/api/sync/config/rollback", ADMINS, settings::rollBack),
                Route.of(Method.GET, "/api/sync/runs", PEOPLE, logs::runs),
                Route.of(Method.GET, "/api/sync/runs/{syncId}", PEOPLE, logs::run),
                Route.of(Method.GET, "/api/sync/runs/{syncId}/records", PEOPLE, logs::recordsOfRun),
                Route.of(Method.GET, "/api/sync/runs/{syncId}/errors", PEOPLE, logs::errors),
                Route.of(Method.GET, "/api/sync/records", PEOPLE, logs::records),
                Route.of(Method.GET, "/api/sync/gaps", PEOPLE, logs::gaps),
                Route.of(Method.GET, "/api/sync/events", PEOPLE, events::list),
                Route.of(Method.GET, "/api/sync/alerts", PEOPLE, alerts::list),
                Route.of(Method.POST, "/api/sync/alerts/{alert}/acknowledge", OPERATORS, alerts::acknowledge),
                Route.of(Method.GET, "/api/sync/archives", ADMINS, call -> archives(call, operations)),
                Route.of(Method.GET, "/api/sync/dashboard", PEOPLE, dashboard::show));
    }

    /** {@code GET /api/sync/archives}: the files that the journal of runs long past went into. */
    private static Answer archives(Call call, Operations operations) {
        call.query().requireOnly(Set.of());
        return Answer.json(RunJson.text(out -> {
            out.writeArrayPropertyStart("archives");
            operations.archive().manifests().forEach(manifest -> {
                out.writeStartObject();
                manifest.members(out);
                out.writeEndObject();
            });
            out.writeEndArray();
        }));
    }

    /** Their part of the description of the API. */
    public static String description() {
        try (InputStream in = SyncRoutes.class.getResourceAsStream("/openapi-sync.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the resource openapi-sync.yaml is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
