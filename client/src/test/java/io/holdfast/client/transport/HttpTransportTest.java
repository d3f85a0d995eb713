package io.holdfast.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.core.Limits;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.RegisterAnswer;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.value.Sha256;
import io.holdfast.testkit.time.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of every kind that a server, a proxy or a stranger may give. */
class HttpTransportTest {

    private static final Sender SENDER = new Sender(1, 5, "ann", "phone", 11, new SchemaRef("garden", 1, "00"));
    private static final Outgoing REGISTER = new Outgoing.Register(new RegisterRequest(SENDER));
    private static final byte[] ANSWER =
            ExchangeCodec.write(new RegisterAnswer(5, new ScopeKey(new byte[ScopeKey.LENGTH]), 1_000));

    /** Answers one request. */
    private interface Script {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final AtomicReference<Script> script = new AtomicReference<>(exchange -> {});
    private final AtomicReference<Token> token = new AtomicReference<>(Token.of("secret-token-1"));
    private final HttpClient http = HttpClients.open(Duration.ofSeconds(2), Optional.empty());
    private HttpServer server = stranger();

    private HttpServer stranger() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            started.createContext("/", exchange -> {
                try (exchange) {
                    script.get().answer(exchange);
                }
            });
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.stop(0);
    }

    private HttpTransport transport(Duration timeout) {
        return new HttpTransport(
                http,
                Endpoint.of("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                token::get,
                timeout,
                SettableClock.at("2026-11-20T08:00:00Z"));
    }

    private Reply send(Outgoing message) throws InterruptedException {
        return transport(Duration.ofSeconds(10)).send(message);
    }

    private Failure failure() throws InterruptedException {
        return send(REGISTER) instanceof Reply.Failed failed
                ? failed.failure()
                : Failure.unreachable("it was answered");
    }

    private void answers(int status, String type, byte[] body, String... headers) {
        script.set(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void readsPlainGzippedAndZstdAnswers() throws Exception {
        answers(200, "application/json", ANSWER);
        assertThat(send(REGISTER)).isInstanceOf(Reply.Answered.class);
        answers(200, "application/json", gzip(ANSWER), "Content-Encoding", "gzip");
        assertThat(send(REGISTER)).isInstanceOf(Reply.Answered.class);
        answers(200, "application/json", Zstd.compress(ANSWER), "Content-Encoding", "zstd");
        assertThat(send(REGISTER)).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void compressesLargeRequestsAndLeavesSmallOnesAsTheyAre() throws Exception {
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        AtomicReference<String> coding = new AtomicReference<>("");
        script.set(exchange -> {
            coding.set(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    .orElse(""));
            body.set(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(204, -1);
        });

        send(REGISTER);
        assertThat(coding.get()).isEmpty();
        assertThat(ExchangeCodec.readRegisterRequest(body.get()).sender()).isEqualTo(SENDER);

        byte[] changes = utf8("[" + " ".repeat(5_000) + "]");
        Batch batch = new Batch(new BatchMark(1, "aa"), BatchMark.NONE, changes, List.of());
        ExchangeRequest request =
                new ExchangeRequest(SENDER, Cursor.START, List.of(), BatchMark.NONE, Optional.of(batch), 10);
        send(new Outgoing.Exchange(request, 1));
        assertThat(coding.get()).isEqualTo("zstd");
        assertThat(body.get().length).isLessThan(1_000);
        byte[] plain = Zstd.decompress(body.get(), (int) Zstd.getFrameContentSize(body.get()));
        assertThat(ExchangeCodec.readExchangeRequest(plain)
                        .batch()
                        .orElseThrow()
                        .bytes())
                .isEqualTo(changes);
    }

    @Test
    void sendsTheTokenOfTheMoment() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        script.set(exchange -> {
            seen.set(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(204, -1);
        });

        send(REGISTER);
        assertThat(seen.get()).isEqualTo("Bearer secret-token-1");
        token.set(Token.of(" secret-token-2\n"));
        send(REGISTER);
        assertThat(seen.get()).isEqualTo("Bearer secret-token-2");
    }

    @Test
    void neverShowsTheToken() throws Exception {
        assertThat(Token.of("secret").toString()).doesNotContain("secret");
        assertThatThrownBy(() -> Token.of("secret\r\nX-Other: 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        answers(401, "text/plain", utf8("who are you?"));
        assertThat(failure().toString()).doesNotContain("secret");
    }

    @Test
    void takesCodeDetailAndWaitingTimeFromProblemDetails() throws Exception {
        byte[] problem = utf8("{\"code\":\"RATE_LIMITED\",\"detail\":\"Too much; wait.\",\"status\":429}");
        answers(429, "application/problem+json", problem, "Retry-After", "7");
        assertThat(failure()).isEqualTo(new Failure(ErrorCode.RATE_LIMITED, "Too much; wait.", 7_000, true));
    }

    @Test
    void readsCompressedProblems() throws Exception {
        byte[] problem = utf8("{\"code\":\"BATCH_TOO_LARGE\",\"detail\":\"Send less.\"}");
        answers(413, "application/problem+json", Zstd.compress(problem), "Content-Encoding", "zstd");
        assertThat(failure()).isEqualTo(new Failure(ErrorCode.BATCH_TOO_LARGE, "Send less.", 0, true));
    }

    @Test
    void understandsADateToWaitFor() throws Exception {
        answers(503, "text/html", utf8("<p>later"), "Retry-After", "Fri, 20 Nov 2026 08:02:00 GMT");
        assertThat(failure().retryAfterMillis()).isEqualTo(120_000);
    }

    @Test
    void noServerSilencesADeviceForLongerThanAnHour() throws Exception {
        answers(503, "text/plain", utf8("later"), "Retry-After", "99999999999999999999");
        assertThat(failure().retryAfterMillis()).isZero();
        answers(503, "text/plain", utf8("later"), "Retry-After", "999999999");
        assertThat(failure().retryAfterMillis()).isEqualTo(RetryAfter.MAX.toMillis());
        answers(503, "text/plain", utf8("later"), "Retry-After", "soon");
        assertThat(failure().retryAfterMillis()).isZero();
    }

    @Test
    void aProxysRefusalNeverBlamesTheBatch() throws Exception {
        for (int status : List.of(400, 415, 422)) {
            answers(status, "text/html", utf8("<h1>Sign in to the hotel's network</h1>"));
            assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
        }
        answers(401, "text/html", utf8("<h1>no</h1>"));
        assertThat(failure().code()).isEqualTo(ErrorCode.AUTH_REQUIRED);
        answers(502, "text/html", utf8("<h1>bad gateway</h1>"));
        assertThat(failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure().notApplied()).isFalse();
    }

    @Test
    void aPageInsteadOfAnAnswerMakesNoSense() throws Exception {
        answers(200, "text/html", utf8("<h1>Welcome to the hotel</h1>"));
        assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
        assertThat(failure().notApplied()).isFalse();
        answers(200, "application/json", new byte[0]);
        assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
    }

    @Test
    void followsNoRedirect() throws Exception {
        answers(307, "text/plain", utf8("there"), "Location", "http://127.0.0.1:1/elsewhere");
        assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
    }

    @Test
    void aDamagedAnswerIsAFailureAndNothingElse() throws Exception {
        byte[] plain = Arrays.copyOf(ANSWER, 40_000);
        Arrays.fill(plain, ANSWER.length, plain.length, (byte) ' ');
        for (String coding : List.of("gzip", "zstd")) {
            byte[] whole = coding.equals("gzip") ? gzip(plain) : Zstd.compress(plain);
            for (int length = 0; length < whole.length; length += 3) {
                answers(200, "application/json", Arrays.copyOf(whole, length), "Content-Encoding", coding);
                assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
            }
        }
        answers(200, "application/json", ANSWER, "Content-Encoding", "br");
        assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
    }

    @Test
    void anAnswerInWhichADigitBecameAnotherIsAFailure() throws Exception {
        String digest = new Sha256().bytes(ANSWER).hex();
        answers(200, "application/json", ANSWER, "Holdfast-Digest", digest);
        assertThat(send(REGISTER)).isInstanceOf(Reply.Answered.class);
        answers(200, "application/json", gzip(ANSWER), "Content-Encoding", "gzip", "Holdfast-Digest", digest);
        assertThat(send(REGISTER)).isInstanceOf(Reply.Answered.class);
        for (int i = 0; i < ANSWER.length; i++) {
            byte[] damaged = ANSWER.clone();
            damaged[i] ^= 1;
            answers(200, "application/json", damaged, "Holdfast-Digest", digest);
            assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
        }
    }

    @Test
    void stopsReadingAtTheLimit() throws Exception {
        byte[] exact = Arrays.copyOf(ANSWER, Limits.BODY_BYTES_MAX);
        Arrays.fill(exact, ANSWER.length, exact.length, (byte) ' ');
        answers(200, "application/json", exact);
        assertThat(send(REGISTER)).isInstanceOf(Reply.Answered.class);
        answers(200, "application/json", Zstd.compress(exact), "Content-Encoding", "zstd");
        assertThat(send(REGISTER)).isInstanceOf(Reply.Answered.class);

        byte[] more = Arrays.copyOf(exact, Limits.BODY_BYTES_MAX + 1);
        more[Limits.BODY_BYTES_MAX] = ' ';
        answers(200, "application/json", more);
        assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
        answers(200, "application/json", Zstd.compress(more), "Content-Encoding", "zstd");
        assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
        answers(200, "application/json", gzip(more), "Content-Encoding", "gzip");
        assertThat(failure().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        script.set(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Reply reply = transport(Duration.ofMillis(50)).send(REGISTER);
        over.countDown();
        assertThat(reply).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
            assertThat(failed.failure().notApplied()).isFalse();
        });
    }

    @Test
    void saysWhyAServerIsOutOfReach() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        HttpTransport nobody = new HttpTransport(
                http,
                Endpoint.of("http://127.0.0.1:" + free),
                token::get,
                Duration.ofSeconds(5),
                SettableClock.at("2026-11-20T08:00:00Z"));
        assertThat(nobody.send(REGISTER)).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
            assertThat(failed.failure().message())
                    .contains("http://127.0.0.1:" + free)
                    .contains("nothing listens there");
        });
    }

    @Test
    void aKeptConnectionThatWasClosedMeanwhileIsReplacedAtOnce() throws Exception {
        HttpTransport transport = transport(Duration.ofSeconds(10));
        AtomicInteger requests = new AtomicInteger();
        answers(200, "application/json", ANSWER);
        assertThat(transport.send(REGISTER)).isInstanceOf(Reply.Answered.class);
        script.set(exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (requests.incrementAndGet() == 1) {
                // Closing without an answer cuts the connection.
                return;
            }
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        });

        assertThat(transport.send(REGISTER)).isInstanceOf(Reply.Answered.class);
        assertThat(requests).hasValue(2);
    }

    @Test
    void refusesAddressesThatAreNone() {
        for (String wrong :
                List.of("", "localhost:8420", "ftp://host", "http://", "http://ann:pw@host", "http://h?q")) {
            assertThatThrownBy(() -> Endpoint.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Endpoint.of("https://host/holdfast/").events("ann & bob"))
                .hasToString("https://host/holdfast/v1/events?scope=ann+%26+bob");
    }
}
