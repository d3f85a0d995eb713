package io.holdfast.server.http;

import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.jetty.JettySetup;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.util.List;

/** Hangs the gate and its addresses into Javalin. */
final class JavalinSetup {

    private JavalinSetup() {}

    static Javalin create(ServerConfig config, List<Route> routes, Gate gate) {
        return Javalin.create(javalin -> {
            javalin.startup.showJavalinBanner = false;
            javalin.startup.showOldJavalinVersionWarning = false;
            javalin.startup.startupWatcherEnabled = false;
            javalin.http.compressionStrategy = CompressionStrategy.NONE;
            javalin.http.prefer405over404 = true;
            JettySetup.apply(javalin.jetty, config);
            addresses(javalin, routes, gate);
        });
    }

    private static void addresses(JavalinConfig javalin, List<Route> routes, Gate gate) {
        javalin.routes.before(gate::guard);
        for (Route route : routes) {
            add(javalin, HandlerType.findOrCreate(route.method().name()), route, gate);
            if (route.method() == Route.Method.GET && route.kind() != Route.Kind.STREAM) {
                add(javalin, HandlerType.HEAD, route, gate);
            }
        }
        javalin.routes.exception(HttpResponseException.class, gate::refuse);
        javalin.routes.exception(Exception.class, gate::refuse);
        javalin.router.javaLangErrorHandler(gate::fail);
    }

    private static void add(JavalinConfig javalin, HandlerType method, Route route, Gate gate) {
        javalin.routes.addEndpoint(new Endpoint(method, route.path(), context -> gate.serve(route, context)));
    }
}
