package io.holdfast.client.transport;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Opens connections to servers the one way that all of the client uses. */
public final class HttpClients {

    private HttpClients() {}

    /**
     * A client that keeps connections alive and follows no redirect. To be closed.
     *
     * @param connectTimeout how long a connection may take to come about
     * @param trust whom to trust; empty for those that the machine trusts
     */
    public static HttpClient open(Duration connectTimeout, Optional<SSLContext> trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                // HTTP/2 would be asked for by an upgrade on each plain connection; one message at a time gains nothing
                // by it.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        trust.ifPresent(builder::sslContext);
        return builder.build();
    }
}
