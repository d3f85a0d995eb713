package io.holdfast.client.transport;

import io.holdfast.client.hint.HintStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Opens the stream {@code GET /v1/events?scope=} of a server. Thread-safe.
 *
 * @param token asked for each connection
 * @param timeout how long the server may take to open the stream
 */
public record HttpHints(HttpClient http, Endpoint server, String scope, Supplier<Token> token, Duration timeout)
        implements HintStream.Source {

    @Override
    public InputStream open() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.events(scope))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token.get().reveal())
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException("the server does not open the stream: status " + response.statusCode());
        }
        return new BufferedInputStream(response.body());
    }
}
