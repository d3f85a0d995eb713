package io.holdfast.client.transport;

import io.holdfast.core.Limits;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.value.Sha256;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Sends messages over HTTP/1.1 with connections kept alive: JSON, compressed with zstd where it pays, answers in zstd or gzip
 * up to {@link Limits#BODY_BYTES_MAX} bytes. Redirects are not followed, so that the token goes nowhere else. Thread-safe.
 */
public final class HttpTransport implements Transport {

    private static final String JSON = "application/json";

    private final HttpClient http;
    private final Endpoint server;
    private final Supplier<Token> token;
    private final Duration timeout;
    private final InstantSource clock;
    private volatile boolean connectedBefore;

    /**
     * A transport to one server.
     *
     * @param http as {@link HttpClients#open} makes it; to be closed by whoever opened it
     * @param token asked for each message, so that it can be replaced
     * @param timeout how long an answer may take
     * @param clock to understand dates in answers
     */
    public HttpTransport(
            HttpClient http, Endpoint server, Supplier<Token> token, Duration timeout, InstantSource clock) {
        this.http = http;
        this.server = server;
        this.token = token;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public Reply send(Outgoing message) throws InterruptedException {
        return switch (message) {
            case Outgoing.Register register ->
                post(
                        "/v1/replicas",
                        ExchangeCodec.write(register.message()),
                        body -> new Incoming.Registered(ExchangeCodec.readRegisterAnswer(body)));
            case Outgoing.Exchange exchange ->
                post(
                        "/v1/exchange",
                        ExchangeCodec.write(exchange.message()),
                        body -> new Incoming.Exchanged(ExchangeCodec.readExchangeAnswer(body)));
            case Outgoing.Reconcile reconcile ->
                post(
                        "/v1/reconcile",
                        ReconcileCodec.write(reconcile.message()),
                        body -> new Incoming.Reconciled(ReconcileCodec.readReconcileAnswer(body)));
        };
    }

    /** Reads a body that is whole and plain. */
    @FunctionalInterface
    private interface Reading {
        Incoming read(byte[] body);
    }

    private Reply post(String path, byte[] plain, Reading reading) throws InterruptedException {
        boolean compressed = plain.length >= Coding.COMPRESSED_MIN;
        byte[] body = compressed ? Coding.zstd(plain) : plain;
        HttpRequest.Builder request = request(server.at(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (compressed) {
            request.header("Content-Encoding", "zstd");
        }
        try {
            HttpResponse<byte[]> response = exchanged(request.build());
            Traffic traffic = new Traffic(1, body.length, response.body().length);
            return taken(response, traffic, reading);
        } catch (IOException broken) {
            return new Reply.Failed(Unreachable.failure(server.base(), broken), new Traffic(0, body.length, 0));
        }
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Authorization", "Bearer " + token.get().reveal())
                .header("Content-Type", JSON)
                .header("Accept", JSON + ", application/problem+json")
                .header("Accept-Encoding", Coding.ACCEPTED);
    }

    /**
     * A kept connection may have been closed by the other side just now. Since every message may be repeated, a second try
     * on a fresh connection is made at once if nothing of an answer came.
     */
    private HttpResponse<byte[]> exchanged(HttpRequest request) throws IOException, InterruptedException {
        boolean[] begun = {false};
        HttpResponse.BodyHandler<byte[]> handler = head -> {
            begun[0] = true;
            return new BoundedBody(Limits.BODY_BYTES_MAX);
        };
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, handler);
        } catch (ConnectException | HttpTimeoutException | SSLException final_) {
            throw final_;
        } catch (IOException broken) {
            if (begun[0] || !connectedBefore) {
                throw broken;
            }
            connectedBefore = false;
            response = http.send(request, handler);
        }
        connectedBefore = true;
        return response;
    }

    private Reply taken(HttpResponse<byte[]> response, Traffic traffic, Reading reading) {
        try {
            byte[] body = Coding.plain(response.body(), header(response, "Content-Encoding"), Limits.BODY_BYTES_MAX);
            requireUndamaged(body, header(response, Protocol.DIGEST_HEADER));
            if (response.statusCode() != 200) {
                long wait = RetryAfter.millis(header(response, "Retry-After"), clock.instant());
                return new Reply.Failed(Refused.failure(response.statusCode(), body, wait), traffic);
            }
            return new Reply.Answered(reading.read(body), traffic);
        } catch (IOException | HoldfastException damaged) {
            return new Reply.Failed(senseless(damaged), traffic);
        }
    }

    /** A server of another make may leave the digest out; what is on the way cannot take it away without damaging something. */
    private static void requireUndamaged(byte[] body, String digest) throws IOException {
        if (!digest.isEmpty() && !digest.equals(new Sha256().bytes(body).hex())) {
            throw new IOException("it was damaged on its way");
        }
    }

    private Failure senseless(Exception damaged) {
        return new Failure(
                ErrorCode.SERVER_ANSWER,
                "The answer of " + server + " cannot be read: " + damaged.getMessage()
                        + ". Check that the address is a Holdfast server; it is tried again.",
                0,
                false);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
