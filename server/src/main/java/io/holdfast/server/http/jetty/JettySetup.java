package io.holdfast.server.http.jetty;

import io.holdfast.server.config.Listen;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.config.Tls;
import io.javalin.config.JettyConfig;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Sets Jetty up: where it listens, how, and how much of HTTP it takes. */
public final class JettySetup {

    /** Platform threads: the selectors and acceptors that must not hold the carriers of virtual threads. */
    private static final int PLATFORM_THREADS = 16;

    private static final int HEADER_BYTES_MAX = 16 << 10;
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Record ids may have any character, encoded; nothing here maps an address to a file. */
    private static final UriCompliance ADDRESSES = UriCompliance.DEFAULT.with(
            "holdfast",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    private JettySetup() {}

    /** Applies a server's configuration. */
    public static void apply(JettyConfig jetty, ServerConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("holdfast-http");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("holdfast-request-", 0).factory()));
        jetty.threadPool = threads;
        jetty.modifyHttpConfiguration(JettySetup::http);
        jetty.addConnector((server, http) -> connector(server, http, config));
        jetty.modifyServer(server -> {
            server.setErrorHandler(new ProblemErrorHandler());
            server.addBean(new NetworkConnectionLimit(config.quotas().connectionsMax(), server));
        });
        jetty.modifyServletContextHandler(context -> {
            context.setErrorHandler(new ProblemErrorHandler());
            context.getServletHandler().setDecodeAmbiguousURIs(true);
        });
    }

    private static void http(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES_MAX);
        http.setUriCompliance(ADDRESSES);
    }

    private static Connector connector(Server server, HttpConfiguration http, ServerConfig config) {
        Listen listen = config.listen();
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = listen.tls()
                .map(tls -> {
                    // A name in the certificate need not be the name in Host: the guard of names checks that one.
                    http.addCustomizer(new SecureRequestCustomizer(false));
                    return new ServerConnector(server, new SslConnectionFactory(ssl(tls), "http/1.1"), plain);
                })
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setIdleTimeout(
                Math.max(IDLE.toMillis(), 2 * config.heartbeat().toMillis()));
        return connector;
    }

    private static SslContextFactory.Server ssl(Tls tls) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(CertificateStore.load(tls));
        ssl.setKeyManagerPassword(CertificateStore.keyPassword(tls));
        ssl.setKeyStorePassword(CertificateStore.keyPassword(tls));
        ssl.setSniRequired(false);
        ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return ssl;
    }
}
