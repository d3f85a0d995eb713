package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.server.config.Quotas;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever is sent, the server does not fail; it does not claim that nothing is answered slowly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NoDefectTest {

    private static final Gen<String> METHODS = Gens.frequency(
            Gens.weighted(6, Gens.pick("GET", "POST")),
            Gens.weighted(1, Gens.pick("HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "X")));

    private static final String RECORDS = "/v1/scopes/garden/collections/entries/records";

    private static final Gen<String> VALUES = Gens.oneOf(
            Gens.pick(
                    "potency+%3E+3",
                    "account+^=+m",
                    "tags+has+x",
                    "at+%3C+2026-01-01T00:00:00Z",
                    "views=null",
                    "amount=1.5",
                    "5",
                    "0",
                    "MXIx",
                    "garden",
                    "nowhere",
                    "entries",
                    "r1",
                    "%",
                    "%00",
                    "%FF",
                    "%2F",
                    "%E2%82%AC",
                    "",
                    "..%2f"),
            Gens.ascii(0, 8).map(text -> text.replaceAll("[^\\w%+=:.~-]", "-")));

    private static final Gen<String> QUERIES = Gens.zip(
                    Gens.pick("where", "limit", "page", "scope", "link", "collection", "id", "x"),
                    VALUES,
                    (name, value) -> name + "=" + value)
            .list(0, 3)
            .map(parts -> parts.isEmpty() ? "" : "?" + String.join("&", parts));

    private static final Gen<String> PATHS = Gens.frequency(
            Gens.weighted(
                    8,
                    Gens.pick(
                            "/",
                            "/v1/exchange",
                            "/v1/replicas",
                            "/v1/reconcile",
                            "/v1/scopes",
                            "/v1/scopes/garden/history",
                            RECORDS,
                            RECORDS + "/r1",
                            "/v1/session",
                            "/health/live",
                            "/health/ready",
                            "/metrics",
                            "/openapi.yaml")),
            Gens.weighted(3, VALUES.map(value -> RECORDS + "/" + value)),
            Gens.weighted(2, VALUES.map(value -> "/v1/scopes/" + value + "/history")),
            Gens.weighted(1, Gens.ascii(0, 8).map(text -> "/" + text.replace(' ', '_'))),
            Gens.weighted(
                    1, Gens.pick("*", "//", "/../x", "http://evil.example/", "/v1/session/", "/V1/SESSION", "/;a/b")));

    private static final Gen<String> HEADERS = Gens.frequency(
            Gens.weighted(
                    9,
                    Gens.pick(
                            "Content-Type: application/json",
                            "Content-Type: ;;",
                            "Content-Encoding: gzip",
                            "Content-Encoding: zstd",
                            "Content-Encoding: ,",
                            "Accept-Encoding: zstd",
                            "Accept-Encoding: ,;q=,*",
                            "Expect: 100-continue",
                            "Upgrade: websocket",
                            "Range: bytes=0-1",
                            "If-None-Match: *",
                            "Cookie: holdfast_session=x",
                            "Cookie: ;=;",
                            "Origin: null",
                            "Authorization: Bearer hf_x",
                            "Authorization: ",
                            "Holdfast-Csrf: x",
                            "X-HTTP-Method-Override: DELETE",
                            "Accept: text/html")),
            Gens.weighted(
                    1,
                    Gens.pick(
                            "Host: evil.example", "Content-Length: -1", "Transfer-Encoding: gzip", " folded: x", ":")));

    private static final Gen<String> BODIES = Gens.oneOf(
            Gens.pick(
                    "",
                    "{}",
                    "[]",
                    "null",
                    "{\"scope\":\"garden\",\"replica\":\"p\",\"protocol\":1}",
                    "5\r\nhello\r\n0\r\n\r\n"),
            Gens.ascii(0, 40));

    private final TestServer server = TestServer.start(
            TestServer.config()
                    .withQuotas(
                            Quotas.defaults().withFailuresPerMinute(1_000_000).withRequestsPerMinute(1_000_000)),
            new InMemoryServerStorage());
    private final String token = server.token(Role.ADMIN, "*");

    NoDefectTest() {
        server.exchange(new TestDevice("tablet").put("r1", "mint"), token);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String answer(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }

    private String request(Choices choices) {
        String body = BODIES.next(choices);
        StringBuilder text = new StringBuilder(METHODS.next(choices)).append(' ');
        text.append(PATHS.next(choices)).append(QUERIES.next(choices)).append(" HTTP/1.1\r\nConnection: close\r\n");
        text.append("Host: localhost\r\nContent-Length: ").append(body.length()).append("\r\n");
        if (Gens.ints(0, 3).next(choices) > 0) {
            text.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        HEADERS.list(0, 3).next(choices).forEach(header -> text.append(header).append("\r\n"));
        return text.append("\r\n").append(body).toString();
    }

    private static void assertNoDefect(String status) {
        // 505 says that the version is none of HTTP, and 501 that the way of transfer is none of ours: both of the
        // sender.
        if (status.startsWith("HTTP/1.1 5")) {
            assertThat(status).isIn("HTTP/1.1 505", "HTTP/1.1 501");
        }
    }

    @Test
    void answersEveryRequestWithoutADefect() {
        Property.of("no request put together from parts is answered by a defect")
                .tries(2_000)
                .drawing(choices -> {
                    String request = request(choices);
                    choices.note(() -> request);
                    assertNoDefect(answer(request.getBytes(StandardCharsets.ISO_8859_1)));
                });
    }

    @Test
    void answersEveryMessageWithoutADefect() {
        byte[] exchange = new TestDevice("tablet").put("r2", "mint").exchange();
        byte[] register = new TestDevice("phone").register();
        Property.of("no message damaged on its way is answered by a defect")
                .tries(1_000)
                .forAll(
                        Gens.pick(exchange, register),
                        Gens.pick("/v1/exchange", "/v1/replicas", "/v1/reconcile"),
                        Gens.ints(0, 2_000),
                        Gens.bytes(0, 6),
                        (whole, path, at, bytes) -> {
                            byte[] body = whole.clone();
                            int start = at % body.length;
                            System.arraycopy(bytes, 0, body, start, Math.min(bytes.length, body.length - start));
                            byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                            + "Content-Type: application/json\r\nAuthorization: Bearer " + token
                                            + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1);
                            byte[] request = Arrays.copyOf(head, head.length + body.length);
                            System.arraycopy(body, 0, request, head.length, body.length);
                            assertNoDefect(answer(request));
                        });
    }
}
