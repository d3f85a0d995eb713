package io.holdfast.server.http;

import static io.holdfast.server.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bad input over HTTP: each has one clear answer, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalTest {

    private static final String RECORDS = "/v1/scopes/garden/collections/entries/records";

    private final InMemoryServerStorage storage = new InMemoryServerStorage();
    private final TestServer server = TestServer.start(
            TestServer.config().withQuotas(TestServer.config().quotas().withFailuresPerMinute(1_000)), storage);
    private final String token = server.token(Role.DEVICE, TestServer.SCOPE);
    private final byte[] wellFormed = new TestDevice("phone").register();

    RefusalTest() {
        server.exchange(new TestDevice("tablet").put("r1", "mint"), token);
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(storage.<Long>snapshot(
                        TestServer.SCOPE, scope -> scope.head().orElseThrow().sequence()))
                .isEqualTo(1);
        assertThat(storage.<Integer>snapshot(
                        TestServer.SCOPE, scope -> scope.replicas(10).size()))
                .isEqualTo(1);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<String> register(byte[] body, UnaryOperator<HttpRequest.Builder> change) {
        return server.post("/v1/replicas", token, body, change);
    }

    private HttpResponse<String> encoded(String encoding, byte[] body) {
        return register(body, request -> request.header("Content-Encoding", encoding));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] with(byte[] bytes, byte... more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, bytes.length, more.length);
        return all;
    }

    @Test
    void refusesMalformedJson() {
        for (String body : new String[] {"", "{", "[]", "nonsense", "{\"scope\":1}", "{\"scope\":\"garden\"} {}"}) {
            assertProblem(server.post("/v1/exchange", token, body), 400, ErrorCode.JSON_MALFORMED);
            assertProblem(server.post("/v1/replicas", token, body), 400, ErrorCode.JSON_MALFORMED);
            assertProblem(server.post("/v1/reconcile", token, body), 400, ErrorCode.JSON_MALFORMED);
        }
    }

    @Test
    void refusesABodyThatDoesNotSayThatItIsJson() {
        for (String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "application/json;charset=latin1"}) {
            assertProblem(
                    register(wellFormed, request -> request.setHeader("Content-Type", type)),
                    415,
                    ErrorCode.REQUEST_INVALID);
        }
        HttpRequest untyped = server.request("/v1/replicas", token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(wellFormed))
                .build();
        assertProblem(server.send(untyped), 415, ErrorCode.REQUEST_INVALID);
    }

    @Test
    void refusesAnUnknownEncoding() {
        assertProblem(encoded("br", wellFormed), 415, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("gzip, zstd", wellFormed), 415, ErrorCode.ENCODING_INVALID);
    }

    @Test
    void refusesDamagedZstd() {
        byte[] whole = Zstd.compress(wellFormed);
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;
        assertProblem(encoded("zstd", Arrays.copyOf(whole, whole.length - 3)), 400, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("zstd", with(whole, (byte) 1, (byte) 2)), 400, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("zstd", wellFormed), 400, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("zstd", new byte[0]), 400, ErrorCode.ENCODING_INVALID);
        assertThat(encoded("zstd", flipped).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesDamagedGzip() throws IOException {
        byte[] whole = gzip(wellFormed);
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;
        assertProblem(encoded("gzip", Arrays.copyOf(whole, whole.length - 3)), 400, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("gzip", with(whole, (byte) 1, (byte) 2)), 400, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("gzip", flipped), 400, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("gzip", wellFormed), 400, ErrorCode.ENCODING_INVALID);
        assertProblem(encoded("gzip", new byte[0]), 400, ErrorCode.ENCODING_INVALID);
    }

    @Test
    void refusesBombsWithoutUnpackingThem() throws IOException {
        byte[] zeros = new byte[64 << 20];
        assertProblem(encoded("zstd", Zstd.compress(zeros, 19)), 413, ErrorCode.BODY_TOO_LARGE);
        assertProblem(encoded("gzip", gzip(zeros)), 413, ErrorCode.BODY_TOO_LARGE);
    }

    @Test
    void refusesABodyOverTheLimitAnnouncedOrNot() {
        byte[] large = new byte[Limits.BODY_BYTES_MAX + 1];
        assertProblem(register(large, request -> request), 413, ErrorCode.BODY_TOO_LARGE);
        HttpRequest chunked = server.request("/v1/replicas", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();
        assertProblem(server.send(chunked), 413, ErrorCode.BODY_TOO_LARGE);
    }

    @Test
    void refusesAFieldOverTheLimitAsOneChange() {
        TestDevice tablet = new TestDevice("tablet");
        String text = "x".repeat(Limits.FIELD_BYTES_MAX + 1);
        byte[] body = tablet.put("r2", Map.of("account", new Value.Text(text))).exchange();
        assertThat(server.post("/v1/exchange", token, body, same -> same).body())
                .doesNotContain("\"ACCEPTED\"");
    }

    @Test
    void refusesTokensThatOpenNothingInTheSameWords() {
        HttpResponse<String> missing = server.get(RECORDS);
        assertProblem(missing, 401, ErrorCode.AUTH_REQUIRED);
        assertThat(missing.headers().firstValue("WWW-Authenticate")).isPresent();
        String wrong = token.substring(0, token.length() - 4) + "AAAA";
        HttpResponse<String> malformed = server.get(RECORDS, "nonsense");
        assertProblem(malformed, 401, ErrorCode.AUTH_REQUIRED);
        assertThat(server.get(RECORDS, wrong).body()).isEqualTo(malformed.body());
        assertThat(server.get(RECORDS + "?token=" + token).statusCode()).isEqualTo(401);
        HttpRequest basic = HttpRequest.newBuilder(server.uri(RECORDS))
                .header("Authorization", "Basic " + token)
                .build();
        assertProblem(server.send(basic), 401, ErrorCode.AUTH_REQUIRED);
    }

    @Test
    void aForeignScopeLooksLikeAnUnknownOne() {
        String other = server.token(Role.ADMIN, "orchard");
        HttpResponse<String> foreign = server.get(RECORDS, other);
        assertProblem(foreign, 403, ErrorCode.FORBIDDEN);
        assertThat(server.get(RECORDS.replace("garden", "nowhere"), other).body())
                .isEqualTo(foreign.body());
        assertThat(server.get(RECORDS.replace("garden", "orchard"), other).body())
                .isEqualTo(foreign.body());
        assertThat(server.post("/v1/replicas", other, wellFormed, same -> same).body())
                .isEqualTo(foreign.body());
        assertThat(server.get("/v1/events?scope=garden", other).body()).isEqualTo(foreign.body());
        assertThat(server.get("/v1/scopes", other).body()).isEqualTo("{\"scopes\":[]}");
    }

    @Test
    void refusesRolesThatMayNot() {
        String viewer = server.token(Role.VIEWER, TestServer.SCOPE);
        assertProblem(server.post("/v1/replicas", viewer, wellFormed, same -> same), 403, ErrorCode.FORBIDDEN);
        assertProblem(server.get("/v1/scopes", token), 403, ErrorCode.FORBIDDEN);
        assertProblem(server.get("/v1/scopes/garden/history", token), 403, ErrorCode.FORBIDDEN);
        assertThat(server.get(RECORDS, viewer).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesTheReplicaOfAnotherPrincipal() {
        String other = server.mint
                .issue(new io.holdfast.server.auth.TokenMint.Grant(
                        "bob",
                        Role.DEVICE,
                        io.holdfast.server.auth.Token.scope(TestServer.SCOPE),
                        java.util.Optional.empty()))
                .text()
                .reveal();
        assertProblem(
                server.post("/v1/replicas", other, new TestDevice("tablet").register(), same -> same),
                403,
                ErrorCode.REPLICA_FOREIGN);
    }

    @Test
    void refusesAnotherSchema() {
        Schema newer = new Schema("journal", 2, TestServer.SCHEMA.collections());
        Schema other = new Schema("ledger", 1, TestServer.SCHEMA.collections());
        for (Schema schema : new Schema[] {newer, other}) {
            byte[] body = new TestDevice(TestServer.SCOPE, "phone", schema).register();
            assertProblem(register(body, same -> same), 409, ErrorCode.SCHEMA_MISMATCH);
        }
    }

    @Test
    void refusesAnotherProtocol() {
        byte[] body = new String(wellFormed, StandardCharsets.UTF_8)
                .replace("\"protocol\":1", "\"protocol\":99")
                .getBytes(StandardCharsets.UTF_8);
        assertProblem(register(body, same -> same), 400, ErrorCode.PROTOCOL_UNSUPPORTED);
    }

    @Test
    void refusesUnknownAddressesAndMethods() {
        assertProblem(server.get("/v2/exchange", token), 404, ErrorCode.NOT_FOUND);
        assertProblem(server.get("/v1/scopes/garden/", token), 404, ErrorCode.NOT_FOUND);
        for (String method : new String[] {"PUT", "PATCH", "DELETE", "OPTIONS", "BREW"}) {
            HttpRequest request = server.request("/v1/exchange", token)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            assertProblem(server.send(request), 405, ErrorCode.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    void refusesUnknownRecordsAndCollections() {
        assertProblem(server.get(RECORDS + "/r2", token), 404, ErrorCode.RECORD_UNKNOWN);
        assertProblem(server.get(RECORDS.replace("entries", "exits"), token), 404, ErrorCode.COLLECTION_UNKNOWN);
    }

    @Test
    void refusesFiltersThatMeanNothing() {
        for (String where : new String[] {
            "potency",
            "potency+~+3",
            "nofield+%3D+1",
            "potency+%3D+ten",
            "potency+^%3D+1",
            "account+has+x",
            "at+%3E+yesterday",
            "amount+%3D+1e400",
            "amount+%3D+0.123456789",
            "potency+%3D+1,2"
        }) {
            assertProblem(
                    server.get(RECORDS + "?where=" + where.replace("^", "%5E"), token), 400, ErrorCode.QUERY_INVALID);
        }
    }

    @Test
    void refusesParametersThatMeanNothing() {
        for (String query : new String[] {
            "limit=0",
            "limit=1001",
            "limit=many",
            "limit=1&limit=2",
            "page=x",
            "page=MQ%3D%3D",
            "wehre=x",
            "where=%00",
            "where=%FF",
            "where=%ED%A0%80"
        }) {
            assertProblem(server.get(RECORDS + "?" + query, token), 400, ErrorCode.REQUEST_INVALID);
        }
        assertProblem(server.get("/v1/events", token), 400, ErrorCode.REQUEST_INVALID);
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        for (String origin :
                new String[] {"http://evil.example", "null", "https://127.0.0.1:" + server.server.port()}) {
            HttpRequest request =
                    server.request(RECORDS, token).header("Origin", origin).build();
            assertProblem(server.send(request), 403, ErrorCode.FORBIDDEN);
        }
        HttpRequest own = server.request(RECORDS, token)
                .header("Origin", "http://127.0.0.1:" + server.server.port())
                .build();
        HttpResponse<String> answer = server.send(own);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
