package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Role;
import io.holdfast.server.auth.TokenMint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventsTest {

    private static final int HANG_UPS = 200;

    private final TestServer server = TestServer.start(TestServer.config()
            .withHeartbeat(Duration.ofMillis(20))
            .withQuotas(TestServer.config().quotas().withEventStreamsMax(2)));
    private final String token = server.token(Role.DEVICE, TestServer.SCOPE);

    @AfterEach
    void stop() {
        server.close();
    }

    private final class Listener implements AutoCloseable {
        private final HttpResponse<InputStream> answer;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread reader;

        Listener(String withToken) throws IOException, InterruptedException {
            answer = server.client.send(
                    server.request("/v1/events?scope=garden", withToken).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            reader = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                }
            } catch (IOException cut) {
                lines.add("cut");
            }
        }

        void awaitLine(String line) {
            await().untilAsserted(() -> assertThat(lines).contains(line));
        }

        boolean ended() {
            return !reader.isAlive();
        }

        @Override
        public void close() throws IOException {
            answer.body().close();
        }
    }

    @Test
    void tellsWhatTheScopeHasReachedAndThenEachMove() throws Exception {
        TestDevice phone = new TestDevice("phone");
        server.exchange(phone.put("r1", "mint"), token);
        try (Listener listener = new Listener(token)) {
            assertThat(listener.answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            listener.awaitLine("data: {\"scope\":\"garden\",\"sequence\":1}");
            server.exchange(phone.put("r2", "mint"), token);
            listener.awaitLine("data: {\"scope\":\"garden\",\"sequence\":2}");
            assertThat(listener.lines).contains("event: moved", "retry: 2000");
        }
    }

    @Test
    void tellsOfMovesThatHappenedElsewhere() throws Exception {
        try (Listener listener = new Listener(token)) {
            await().untilAsserted(() ->
                    assertThat(server.server.events().listenedScopes()).contains("garden"));
            server.server.events().moved("orchard", 8);
            server.server.events().moved("garden", 7);
            listener.awaitLine("data: {\"scope\":\"garden\",\"sequence\":7}");
            assertThat(String.join("", listener.lines)).doesNotContain("orchard");
        }
    }

    @Test
    void showsThatItLives() throws Exception {
        try (Listener listener = new Listener(token)) {
            listener.awaitLine(":");
        }
    }

    @Test
    void endsWithinFiveSecondsOfARevocation() throws Exception {
        TokenMint.Issued issued = server.issue(Role.DEVICE, TestServer.SCOPE);
        try (Listener listener = new Listener(issued.text().reveal())) {
            listener.awaitLine(":");
            server.tokens.revoke(issued.token().id(), Instant.EPOCH);
            await().atMost(Duration.ofSeconds(5)).until(listener::ended);
        }
    }

    @Test
    void refusesTooManyStreamsOfOnePrincipalUntilOneEnds() throws Exception {
        try (Listener first = new Listener(token);
                Listener second = new Listener(token)) {
            assertThat(first.answer.statusCode()).isEqualTo(200);
            HttpResponse<String> third = server.get("/v1/events?scope=garden", token);
            ProblemAssert.assertProblem(third, 429, ErrorCode.RATE_LIMITED);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            second.close();
            await().untilAsserted(
                            () -> assertThat(server.get("/metrics").body()).contains("holdfast_events_streams 1.0"));
        }
        await().untilAsserted(() -> assertThat(server.get("/metrics").body()).contains("holdfast_events_streams 0.0"));
    }

    /** A phone that hangs up while it connects must not use up the places of its owner. */
    @Test
    void keepsNoPlaceForAClientThatIsGoneBeforeTheFirstByte() throws Exception {
        String request = "GET /v1/events?scope=garden HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\n\r\n";
        for (int i = 0; i < HANG_UPS; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        await().untilAsserted(() -> assertThat(server.get("/metrics").body())
                .contains("holdfast_events_streams 0.0")
                .contains("holdfast_http_running 0.0"));
        try (Listener first = new Listener(token);
                Listener second = new Listener(token)) {
            assertThat(first.answer.statusCode()).isEqualTo(200);
            assertThat(second.answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void endsWhenTheServerStops() throws Exception {
        try (Listener listener = new Listener(token)) {
            listener.awaitLine(":");
            server.server.close();
            await().until(listener::ended);
        }
    }
}
