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

    private static final Gen<String> METHODS =
            Gens.pick("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "X");

    private static final Gen<String> PIECES = Gens.oneOf(
            Gens.pick(
                    "/",
                    "/v1",
                    "/v1/",
                    "exchange",
                    "replicas",
                    "reconcile",
                    "/v1/scopes",
                    "/garden",
                    "/collections",
                    "/entries",
                    "/records",
                    "/r1",
                    "/history",
                    "/v1/session",
                    "/health/ready",
                    "/metrics",
                    "?",
                    "&",
                    "where=potency+%3E+3",
                    "limit=5",
                    "page=MXIx",
                    "link=x",
                    "scope=garden",
                    "=",
                    "%",
                    "%00",
                    "%2f",
                    "%2e%2e",
                    "..",
                    ";",
                    "//",
                    "#",
                    "\\"),
            Gens.ascii(0, 6));

    private static final Gen<String> HEADERS = Gens.oneOf(
            Gens.pick(
                    "Host: localhost",
                    "Host: evil.example",
                    "Content-Type: application/json",
                    "Content-Length: 5",
                    "Content-Length: -1",
                    "Transfer-Encoding: chunked",
                    "Content-Encoding: gzip",
                    "Content-Encoding: zstd",
                    "Accept-Encoding: zstd",
                    "Accept-Encoding: ,;q=,*",
                    "Expect: 100-continue",
                    "Connection: upgrade",
                    "Upgrade: websocket",
                    "Range: bytes=0-1",
                    "If-None-Match: *",
                    "Cookie: holdfast_session=x",
                    "Cookie: ;=;",
                    "Origin: null",
                    "Authorization: Bearer hf_x",
                    "Authorization: ",
                    "Holdfast-Csrf: x",
                    "X-HTTP-Method-Override: DELETE"),
            Gens.ascii(0, 20));

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
        StringBuilder text = new StringBuilder(METHODS.next(choices)).append(' ');
        text.append(String.join("", PIECES.list(1, 6).next(choices))).append(" HTTP/1.1\r\nConnection: close\r\n");
        if (Gens.booleans().next(choices)) {
            text.append("Host: localhost\r\nAuthorization: Bearer ")
                    .append(token)
                    .append("\r\n");
        }
        HEADERS.list(0, 4).next(choices).forEach(header -> text.append(header).append("\r\n"));
        return text.append("\r\n").append(BODIES.next(choices)).toString();
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
