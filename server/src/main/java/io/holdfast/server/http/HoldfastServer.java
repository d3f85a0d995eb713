package io.holdfast.server.http;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.auth.OneTimeLinks;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.foreign.Folding;
import io.holdfast.server.http.access.Admission;
import io.holdfast.server.http.access.SessionCookie;
import io.holdfast.server.http.events.EventHub;
import io.holdfast.server.metrics.ServerMetrics;
import io.holdfast.server.operations.RunServices;
import io.holdfast.server.scrub.Scrubbing;
import io.javalin.Javalin;
import java.net.BindException;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: listens, answers, and stops without losing anything it has answered for. Start it once, close it once.
 * Thread-safe.
 */
public final class HoldfastServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HoldfastServer.class);

    private final ServerConfig config;
    private final Javalin javalin;
    private final Admission admission;
    private final EventHub hub;
    private final OneTimeLinks links;
    private final ServerMetrics metrics;
    private final ServerStorage storage;
    private final Scrubbing scrubbing;
    private final Optional<RunServices> runs;
    private final Applications applications;
    private final Folding folding;
    private final List<Route> routes;
    private volatile int port;

    HoldfastServer(ServerConfig config, Javalin javalin, Assembly assembly) {
        this.config = config;
        this.javalin = javalin;
        this.admission = assembly.admission();
        this.hub = assembly.hub();
        this.links = assembly.links();
        this.metrics = assembly.metrics();
        this.storage = assembly.storage();
        this.scrubbing = assembly.scrubbing();
        this.runs = assembly.runs();
        this.applications = assembly.applications();
        this.folding = assembly.folding();
        this.routes = assembly.routes();
    }

    /** A server that does not listen yet. */
    public static HoldfastServer of(ServerConfig config, Foundation foundation) {
        return Assembly.of(config, foundation).server(config);
    }

    /**
     * Listens from now on.
     *
     * @throws HoldfastException PORT_IN_USE; USAGE if the host or the certificate cannot be used
     */
    public void start() {
        Listen listen = config.listen();
        try {
            javalin.start();
            port = javalin.port();
        } catch (RuntimeException failure) {
            throw startFailure(failure, listen);
        }
        scrubbing.start();
        folding.start();
        runs.ifPresent(RunServices::start);
        LOG.atInfo().addKeyValue("address", address()).log("server listens");
    }

    private static RuntimeException startFailure(RuntimeException failure, Listen listen) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HoldfastException known) {
                return known;
            }
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                return new HoldfastException(
                        ErrorCode.PORT_IN_USE,
                        "Another program listens on port " + listen.port()
                                + "; stop it, or choose another port with --port.",
                        failure);
            }
            if (cause instanceof SocketException || cause instanceof UnresolvedAddressException) {
                return new HoldfastException(
                        ErrorCode.USAGE,
                        "The server cannot listen on " + listen.host() + " port " + listen.port()
                                + "; check that the address is this machine's and that the port is allowed.",
                        failure);
            }
        }
        return failure;
    }

    /** The port that is listened on; the one chosen if the configuration left it open. */
    public int port() {
        return port;
    }

    /** Where a client on this machine reaches the server. */
    public URI address() {
        Listen listen = config.listen();
        String host = listen.host();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            host = "localhost";
        } else if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
            host = '[' + host + ']';
        }
        return URI.create((listen.tls().isPresent() ? "https" : "http") + "://" + host + ':' + port() + '/');
    }

    /** An address that signs its first visitor in as an administrator of every scope, for twelve hours. */
    public URI adminLink() {
        String code = links.open(new TokenMint.Grant(
                "administrator", Role.ADMIN, Token.scope(Token.EVERY_SCOPE), Optional.of(SessionCookie.LIFE)));
        return address().resolve("/?link=" + code);
    }

    /** Every address that is served. */
    public List<Route> routes() {
        return routes;
    }

    /** Where moves of scopes are reported that happened elsewhere: in another process, or by another program. */
    public EventHub events() {
        return hub;
    }

    /**
     * Stops: takes no more connections, ends the event streams, lets running requests finish within the configured time,
     * and closes the storage last. Doing it again changes nothing.
     */
    @Override
    public void close() {
        if (admission.closed()) {
            return;
        }
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof ServerConnector listening) {
                listening.close();
            }
        }
        hub.close();
        if (!admission.close(config.shutdownGrace())) {
            LOG.atWarn().addKeyValue("running", admission.running()).log("requests cut off at shutdown");
        }
        javalin.stop();
        runs.ifPresent(RunServices::close);
        folding.close();
        scrubbing.close();
        applications.close();
        storage.close();
        metrics.close();
        LOG.info("server stopped");
    }
}
