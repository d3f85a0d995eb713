package io.holdfast.server.http;

import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.system.Machine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A real server on a free port of the loopback, over memory, and a client for it. */
final class TestServer implements AutoCloseable {

    static final Schema SCHEMA = SchemaJson.read("""
            {"name": "journal", "version": 1, "collections": {"entries": {"fields": {
              "account": {"type": "TEXT", "required": true}, "at": {"type": "INSTANT"},
              "potency": {"type": "INTEGER", "min": 0, "max": 10}, "amount": {"type": "DECIMAL(18,8)"},
              "views": {"type": "INTEGER", "merge": "COUNTER"}, "tags": {"type": "TEXT", "merge": "UNION"},
              "owner": {"type": "TEXT", "merge": "SERVER"}}}}}""");

    static final String SCOPE = "garden";

    final HoldfastServer server;
    final TokenStorage tokens;
    final TokenMint mint;
    final HttpClient client = HttpClient.newHttpClient();

    private TestServer(ServerConfig config, Foundation foundation) {
        Machine machine = foundation.machine();
        this.tokens = foundation.tokens();
        this.mint = new TokenMint(tokens, machine.clock(), machine.random());
        this.server = HoldfastServer.of(config, foundation);
        server.start();
    }

    static ServerConfig config() {
        return ServerConfig.defaults().withListen(Listen.defaults().withPort(0));
    }

    static TestServer start() {
        return start(config());
    }

    static TestServer start(ServerConfig config) {
        return start(config, new InMemoryServerStorage());
    }

    static TestServer start(ServerConfig config, ServerStorage storage) {
        return start(config, storage, Machine.real());
    }

    static TestServer start(ServerConfig config, ServerStorage storage, Machine machine) {
        return start(
                config, new Foundation(storage, new InMemoryTokenStorage(), List.of(SCHEMA), WriteRules.OPEN, machine));
    }

    static TestServer start(ServerConfig config, Foundation foundation) {
        return new TestServer(config, foundation);
    }

    TokenMint.Issued issue(Role role, String scope) {
        return mint.issue(new TokenMint.Grant("ann", role, Token.scope(scope), Optional.empty()));
    }

    /** The text of a new token. */
    String token(Role role, String scope) {
        return issue(role, scope).text().reveal();
    }

    URI uri(String path) {
        return URI.create(server.address().toString() + path.substring(1));
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String path, String token) {
        return send(request(path, token).build());
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    HttpResponse<String> post(String path, String token, String body) {
        return post(path, token, body.getBytes(StandardCharsets.UTF_8), request -> request);
    }

    HttpResponse<String> post(String path, String token, byte[] body, UnaryOperator<HttpRequest.Builder> change) {
        HttpRequest.Builder request = request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(change.apply(request).build());
    }

    /** Registers a device and lets it push what waits. */
    ExchangeAnswer.Applied exchange(TestDevice device, String token) {
        post("/v1/replicas", token, device.register(), request -> request);
        HttpResponse<String> answer = post("/v1/exchange", token, device.exchange(), request -> request);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return device.applied(answer.body());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
