package io.holdfast.server.http;

import io.holdfast.core.exchange.Role;
import io.holdfast.server.http.Route.Kind;
import io.holdfast.server.http.Route.Method;
import io.holdfast.server.http.events.EventsAction;
import io.holdfast.server.http.exchange.ExchangeActions;
import io.holdfast.server.http.look.GapsAction;
import io.holdfast.server.http.look.HealthAction;
import io.holdfast.server.http.look.RecordsAction;
import io.holdfast.server.http.look.ScopesAction;
import io.holdfast.server.http.page.PageActions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every address of the server but that of the description, in the order of {@code openapi.yaml}; a test holds both against each other. */
final class Routes {

    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
    private static final Set<Role> REPLICAS = EnumSet.of(Role.DEVICE, Role.OPERATOR, Role.ADMIN);
    private static final Set<Role> PEOPLE = EnumSet.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);
    private static final Set<Role> ADMINS = EnumSet.of(Role.ADMIN);

    private Routes() {}

    /** What answers behind the addresses. */
    record Actions(
            ExchangeActions exchange,
            EventsAction events,
            RecordsAction records,
            ScopesAction scopes,
            GapsAction gaps,
            PageActions page,
            HealthAction health,
            Route.Action metrics) {}

    /**
     * The addresses.
     *
     * @param metricsOpen whether the metrics need no token
     */
    static List<Route> of(Actions actions, boolean metricsOpen) {
        String records = "/v1/scopes/{scope}/collections/{collection}/records";
        return List.of(
                Route.of(Method.POST, "/v1/replicas", REPLICAS, actions.exchange::register),
                Route.of(Method.POST, "/v1/exchange", REPLICAS, actions.exchange::exchange),
                Route.of(Method.POST, "/v1/reconcile", REPLICAS, actions.exchange::reconcile),
                Route.of(Method.GET, "/v1/events", EVERYBODY, actions.events).as(Kind.STREAM),
                Route.of(Method.GET, "/v1/scopes", ADMINS, actions.scopes::list),
                Route.of(Method.GET, "/v1/scopes/{scope}/history", PEOPLE, actions.scopes::history),
                Route.of(Method.GET, "/v1/scopes/{scope}/audit", PEOPLE, actions.gaps::audit),
                Route.of(Method.GET, records, EVERYBODY, actions.records::page),
                Route.of(Method.GET, records + "/{id}", EVERYBODY, actions.records::one),
                Route.of(Method.GET, "/v1/gaps", PEOPLE, actions.gaps::list),
                Route.of(Method.GET, "/v1/gaps/{id}", PEOPLE, actions.gaps::one),
                Route.of(Method.GET, "/v1/session", EVERYBODY, actions.page::show),
                Route.of(Method.POST, "/v1/session", EVERYBODY, actions.page::begin),
                Route.of(Method.DELETE, "/v1/session", EVERYBODY, actions.page::end),
                Route.open(Method.GET, "/", actions.page::page),
                Route.open(Method.GET, "/health/live", actions.health::live).as(Kind.PROBE),
                Route.open(Method.GET, "/health/ready", actions.health::ready).as(Kind.PROBE),
                new Route(Method.GET, "/metrics", metricsOpen ? Set.of() : EVERYBODY, Kind.PROBE, actions.metrics));
    }
}
