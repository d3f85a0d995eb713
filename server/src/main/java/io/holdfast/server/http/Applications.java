package io.holdfast.server.http;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.http.app.Application;
import io.holdfast.server.http.app.Exchanged;
import io.holdfast.server.http.app.Health;
import io.holdfast.server.http.app.Hosted;
import io.holdfast.server.http.app.Hosting;
import io.holdfast.server.http.exchange.ScopeServers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The applications of one server, by the names of their schemas. Thread-safe. */
final class Applications implements AutoCloseable {

    private final Map<String, Hosted> hosted;
    private final List<Application> all;

    private Applications(Map<String, Hosted> hosted, List<Application> all) {
        this.hosted = hosted;
        this.all = all;
    }

    static Applications host(Foundation foundation, ScopeServers servers, ServerStorage storage) {
        Map<String, Hosted> hosted = new LinkedHashMap<>();
        for (Application application : foundation.applications()) {
            String name = application.schema().name();
            hosted.put(name, application.host(new Hosting(servers.of(name), storage, foundation.machine())));
        }
        return new Applications(hosted, foundation.applications());
    }

    /**
     * The addresses of the server, of its applications, and of the description of both.
     *
     * @param parts of the description that the server's own addresses have beside the main one
     */
    List<Route> routes(List<Route> server, List<String> parts) {
        List<Route> routes = new ArrayList<>(server);
        hosted.forEach((name, application) -> application.routes().forEach(route -> {
            if (!route.path().startsWith("/api/" + name + "/")) {
                throw new IllegalArgumentException("the addresses of " + name + " begin with /api/" + name + "/");
            }
            routes.add(route);
        }));
        List<String> described = new ArrayList<>(parts);
        all.forEach(application -> described.add(application.description()));
        byte[] description = Description.with(described);
        routes.add(Route.open(
                Route.Method.GET,
                "/openapi.yaml",
                call -> new Answer.Whole(200, "application/yaml", description, Map.of())));
        return List.copyOf(routes);
    }

    Map<String, Consumer<Exchanged>> watchers() {
        Map<String, Consumer<Exchanged>> watchers = new LinkedHashMap<>();
        hosted.forEach((name, application) -> watchers.put(name, application::exchanged));
        return watchers;
    }

    Map<String, Supplier<Health>> health() {
        Map<String, Supplier<Health>> health = new LinkedHashMap<>();
        hosted.forEach((name, application) -> health.put(name, application::health));
        return health;
    }

    @Override
    public void close() {
        hosted.values().forEach(Hosted::close);
    }
}
