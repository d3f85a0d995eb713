package io.holdfast.earnings.http;

import io.holdfast.core.exchange.Role;
import io.holdfast.earnings.office.Overview;
import io.holdfast.earnings.operations.OperationLog;
import io.holdfast.earnings.server.ReviewDesk;
import io.holdfast.server.http.Route;
import io.holdfast.server.http.Route.Method;
import io.holdfast.server.http.app.Exchanged;
import io.holdfast.server.http.app.Health;
import io.holdfast.server.http.app.Hosted;
import io.holdfast.server.http.app.Hosting;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Earnings on one running server. Thread-safe. */
final class HostedEarnings implements Hosted {

    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
    private static final Set<Role> PEOPLE = EnumSet.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);
    private static final Set<Role> DECIDERS = EnumSet.of(Role.OPERATOR, Role.ADMIN);

    private final ServerOperations operations;
    private final List<Route> routes;

    HostedEarnings(Hosting hosting, OperationLog log) {
        operations = new ServerOperations(log, hosting.machine().clock());
        Overview overview = new Overview(hosting.storage());
        UserActions users = new UserActions(hosting.storage());
        ReviewActions reviews = new ReviewActions(
                overview, new ReviewDesk(hosting.scopes(), hosting.machine().clock()));
        DiscrepancyActions discrepancies = new DiscrepancyActions(overview);
        OperationActions figures = new OperationActions(operations, overview);
        String user = "/api/earnings/users/{user}";
        routes = List.of(
                Route.of(Method.GET, user, EVERYBODY, users::state),
                Route.of(Method.GET, user + "/sessions", EVERYBODY, users::sessions),
                Route.of(Method.GET, user + "/audit", EVERYBODY, users::audit),
                Route.of(Method.GET, user + "/reviews/{id}", EVERYBODY, reviews::one),
                Route.of(Method.POST, user + "/reviews/{id}/decision", DECIDERS, reviews::decide),
                Route.of(Method.GET, user + "/discrepancies/{id}", EVERYBODY, discrepancies::one),
                Route.of(Method.GET, "/api/earnings/reviews", EVERYBODY, reviews::list),
                Route.of(Method.GET, "/api/earnings/discrepancies", EVERYBODY, discrepancies::list),
                Route.of(Method.GET, "/api/earnings/discrepancies/export", PEOPLE, discrepancies::export),
                Route.of(Method.GET, "/api/earnings/kpis", PEOPLE, figures::kpis),
                Route.of(Method.GET, "/api/earnings/operations", PEOPLE, figures::log));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Health health() {
        return operations.health();
    }

    @Override
    public void exchanged(Exchanged exchanged) {
        operations.exchanged(exchanged);
    }

    @Override
    public void close() {
        operations.close();
    }
}
