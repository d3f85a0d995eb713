package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no proper client sends, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RawHttpTest {

    private final TestServer server = TestServer.start();
    private final String token = server.token(Role.DEVICE, TestServer.SCOPE);

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void isStillThere() {
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    /** Sends these lines, says that no more will come, and reads all that is answered. */
    private String send(String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String get(String target, String... headers) throws IOException {
        return send("GET " + target + " HTTP/1.1", String.join("\r\n", headers), "Connection: close", "", "");
    }

    private static void assertRefused(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("application/problem+json", "\"code\":\"", "\"detail\":\"");
        assertThat(answer).containsIgnoringCase("X-Content-Type-Options: nosniff");
        assertThat(answer).doesNotContain("Exception", "\tat ", "Jetty");
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        assertRefused(send("hello", "", ""), 400);
        assertRefused(send("GET / HTTP/9.9", "Host: localhost", "", ""), 505);
        assertRefused(send("GET /\0 HTTP/1.1", "Host: localhost", "", ""), 400);
    }

    @Test
    void refusesMissingAndForeignHosts() throws IOException {
        assertRefused(get("/health/live", "X: y"), 400);
        assertRefused(get("/health/live", "Host: evil.example"), 403);
        assertRefused(get("/health/live", "Host: evil.example:" + server.server.port()), 403);
        assertRefused(get("/health/live", "Host: 127.0.0.1.evil.example"), 403);
        assertRefused(get("/nothing", "Host: evil.example"), 403);
        assertRefused(get("/health/live", "Host: localhost", "Host: evil.example"), 400);
        assertThat(get("/health/live", "Host: LOCALHOST:1")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/health/live", "Host: [::1]")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesMalformedAddresses() throws IOException {
        for (String target :
                new String[] {"/v1/%", "/v1/%zz", "/v1/%c3%28", "/v1/%00", "/v1/scopes?page=%", "/../x", "//"}) {
            String answer = get(target, "Host: localhost", "Authorization: Bearer " + token);
            assertThat(answer).as(target).startsWith("HTTP/1.1 4").contains("application/problem+json");
        }
    }

    @Test
    void refusesAddressesAndHeadersWithoutEnd() throws IOException {
        assertRefused(get("/" + "x".repeat(100_000), "Host: localhost"), 414);
        assertRefused(get("/", "Host: localhost", "X: " + "y".repeat(100_000)), 431);
    }

    @Test
    void refusesBodiesThatEndEarly() throws IOException {
        String[] head = {
            "POST /v1/replicas HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Authorization: Bearer " + token
        };
        assertRefused(send(String.join("\r\n", head), "Content-Length: 100", "", "{\"scope\":"), 400);
        assertRefused(send(String.join("\r\n", head), "Transfer-Encoding: chunked", "", "9", "{\"scope\":"), 400);
        assertRefused(send(String.join("\r\n", head), "Transfer-Encoding: chunked", "", "zz", "{\"scope\":"), 400);
    }

    @Test
    void refusesBodiesWithTwoLengths() throws IOException {
        assertThat(send(
                        "POST /v1/replicas HTTP/1.1",
                        "Host: localhost",
                        "Content-Length: 5",
                        "Content-Length: 6",
                        "",
                        "hello!"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(send(
                        "POST /v1/replicas HTTP/1.1",
                        "Host: localhost",
                        "Content-Length: 5",
                        "Transfer-Encoding: chunked",
                        "",
                        "0",
                        "",
                        ""))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void answersWhoWaitsForAGoAhead() throws IOException {
        String answer = send(
                "POST /v1/replicas HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Expect: 100-continue",
                "Content-Length: 10",
                "",
                "");
        assertRefused(answer, 401);
        assertThat(answer).contains("Connection: close");
    }
}
