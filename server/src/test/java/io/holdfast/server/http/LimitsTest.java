package io.holdfast.server.http;

import static io.holdfast.server.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.Quotas;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.system.Machine;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LimitsTest {

    private static final String RECORDS = "/v1/scopes/garden/collections/entries/records";

    private final AtomicLong nanos = new AtomicLong();
    private final Instant start = Instant.parse("2026-11-20T10:00:00Z");
    private final Machine machine =
            new Machine(() -> start.plusNanos(nanos.get()), nanos::get, new SplittableRandom(1));
    private final ServerConfig config = TestServer.config()
            .withQuotas(Quotas.defaults().withRequestsPerMinute(6).withFailuresPerMinute(3));
    private final TestServer server = TestServer.start(config, new InMemoryServerStorage(), machine);

    LimitsTest() {
        String device = server.token(Role.DEVICE, TestServer.SCOPE);
        server.post("/v1/replicas", device, new TestDevice("phone").register(), same -> same);
        later(Duration.ofMinutes(2));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void later(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Test
    void slowsAPrincipalDownAndSaysForHowLong() {
        String token = server.token(Role.DEVICE, TestServer.SCOPE);
        for (int i = 0; i < 6; i++) {
            assertThat(server.get(RECORDS, token).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = server.get(RECORDS, token);
        assertProblem(refused, 429, ErrorCode.RATE_LIMITED);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        later(Duration.ofSeconds(10));
        assertThat(server.get(RECORDS, token).statusCode()).isEqualTo(200);
        assertProblem(server.get(RECORDS, token), 429, ErrorCode.RATE_LIMITED);
    }

    @Test
    void slowsGuessesDownButNotWhoIsAlreadyIn() {
        String token = server.token(Role.DEVICE, TestServer.SCOPE);
        assertThat(server.get(RECORDS, token).statusCode()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertProblem(server.get(RECORDS, "guess" + i), 401, ErrorCode.AUTH_REQUIRED);
        }
        HttpResponse<String> refused = server.get(RECORDS, "guess");
        assertProblem(refused, 429, ErrorCode.RATE_LIMITED);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("20");
        assertThat(server.get(RECORDS, token).statusCode()).isEqualTo(200);
        later(Duration.ofSeconds(20));
        assertProblem(server.get(RECORDS, "guess"), 401, ErrorCode.AUTH_REQUIRED);
    }

    @Test
    void refusesATokenOnceItHasExpired() {
        String token = server.mint
                .issue(new TokenMint.Grant(
                        "bob",
                        Role.DEVICE,
                        io.holdfast.server.auth.Token.scope(TestServer.SCOPE),
                        Optional.of(Duration.ofDays(90))))
                .text()
                .reveal();
        later(Duration.ofDays(90).minusSeconds(1));
        assertThat(server.get(RECORDS, token).statusCode()).isEqualTo(200);
        later(Duration.ofSeconds(1));
        assertProblem(server.get(RECORDS, token), 401, ErrorCode.AUTH_REQUIRED);
    }

    @Test
    void refusesARevokedTokenWithinFiveSeconds() {
        TokenMint.Issued issued = server.issue(Role.DEVICE, TestServer.SCOPE);
        String token = issued.text().reveal();
        assertThat(server.get(RECORDS, token).statusCode()).isEqualTo(200);
        server.tokens.revoke(issued.token().id(), start);
        later(Duration.ofSeconds(5));
        assertProblem(server.get(RECORDS, token), 401, ErrorCode.AUTH_REQUIRED);
    }

    @Test
    void closesMetricsIfTheyShallNotBeOpen() {
        try (TestServer closed = TestServer.start(TestServer.config().withMetricsOpen(false))) {
            assertProblem(closed.get("/metrics"), 401, ErrorCode.AUTH_REQUIRED);
            assertThat(closed.get("/metrics", closed.token(Role.VIEWER, "any")).statusCode())
                    .isEqualTo(200);
        }
    }
}
