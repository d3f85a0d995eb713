package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExchangeHttpTest {

    private final TestServer server = TestServer.start();
    private final String token = server.token(Role.DEVICE, TestServer.SCOPE);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void carriesARecordFromOneDeviceToAnother() {
        ExchangeAnswer.Applied pushed = server.exchange(new TestDevice("phone").put("r1", "mint"), token);
        ExchangeAnswer.Applied pulled = server.exchange(new TestDevice("laptop"), token);
        assertThat(pushed.results()).hasSize(1).first().isInstanceOf(ChangeResult.Accepted.class);
        assertThat(pulled.changes()).hasSize(1);
        assertThat(pulled.fingerprint()).isEqualTo(pushed.fingerprint()).hasSize(32);
    }

    @Test
    void answersARepeatedRequestAlike() {
        TestDevice phone = new TestDevice("phone");
        server.exchange(phone, token);
        byte[] request = phone.put("r1", "mint").exchange();
        String first = server.post("/v1/exchange", token, request, same -> same).body();
        String second =
                server.post("/v1/exchange", token, request, same -> same).body();
        assertThat(phone.applied(second).results())
                .isEqualTo(phone.applied(first).results());
        assertThat(phone.applied(second).records()).isEqualTo(1);
    }

    @Test
    void readsCompressedBodies() throws IOException {
        TestDevice phone = new TestDevice("phone");
        byte[] zstd = Zstd.compress(phone.register());
        assertThat(server.post("/v1/replicas", token, zstd, request -> request.header("Content-Encoding", "zstd"))
                        .statusCode())
                .isEqualTo(200);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(phone.put("r1", "mint").exchange());
        }
        HttpResponse<String> answer = server.post(
                "/v1/exchange", token, gzip.toByteArray(), request -> request.header("Content-Encoding", "gzip"));
        assertThat(phone.applied(answer.body()).records()).isEqualTo(1);
    }

    @Test
    void compressesLargeAnswersAsTheClientLikes() throws Exception {
        TestDevice phone = new TestDevice("phone");
        for (int i = 0; i < 50; i++) {
            phone.put("r" + i, "an account with a name of some length");
        }
        server.exchange(phone, token);
        String path = "/v1/scopes/garden/collections/entries/records";
        byte[] plain = server.get(path, token).body().getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> zstd = server.client.send(
                server.request(path, token)
                        .header("Accept-Encoding", "gzip, zstd")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(zstd.headers().firstValue("Content-Encoding")).hasValue("zstd");
        assertThat(Zstd.decompress(zstd.body(), plain.length)).isEqualTo(plain);
        HttpResponse<byte[]> gzip = server.client.send(
                server.request(path, token)
                        .header("Accept-Encoding", "gzip, zstd;q=0")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(plain);
    }

    @Test
    void showsRecordsByPagesAndFilters() {
        TestDevice phone = new TestDevice("phone");
        for (int i = 0; i < 5; i++) {
            phone.put(
                    "r" + i,
                    Map.of(
                            "account", new Value.Text("a&b=" + i % 2),
                            "potency", new Value.Int(i),
                            "amount", new Value.Decimal(new BigDecimal("1.50000000"))));
        }
        server.exchange(phone, token);
        String path = "/v1/scopes/garden/collections/entries/records";
        assertThat(server.get(path + "?limit=2", token).body())
                .startsWith(
                        "{\"records\":[{\"id\":\"r0\",\"account\":\"a&b=0\",\"amount\":\"1.50000000\",\"potency\":0},")
                .contains("\"next\":");
        String next = server.get(path + "?limit=4", token).body().replaceAll(".*\"next\":\"(.*)\".*", "$1");
        assertThat(server.get(path + "?limit=4&page=" + next, token).body())
                .contains("\"id\":\"r4\"")
                .doesNotContain("\"id\":\"r3\"", "next");
        String filtered = server.get(path + "?where=potency+%3E%3D+2&where=account%3Da%26b%3D0", token)
                .body();
        assertThat(filtered).contains("r2", "r4").doesNotContain("r0", "r1", "r3", "next");
    }

    @Test
    void showsEveryRecordOnceHoweverManyThereAre() {
        TestDevice phone = new TestDevice("phone");
        for (int i = 0; i < 1_203; i++) {
            phone.put(String.format("r%04d", i), i % 100 == 7 ? "rare" : "common");
        }
        server.exchange(phone, token);
        assertThat(ids("?limit=401")).hasSize(1_203).isSorted().doesNotHaveDuplicates();
        assertThat(ids("?limit=5&where=account+%3D+rare")).hasSize(12).allMatch(id -> id.endsWith("07"));
        assertThat(ids("?limit=1000")).hasSize(1_203);
    }

    private List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            String body = server.get("/v1/scopes/garden/collections/entries/records" + query + next.get(), token)
                    .body();
            Pattern.compile("\"id\":\"(\\w+)\"").matcher(body).results().forEach(found -> ids.add(found.group(1)));
            next = Pattern.compile("\"next\":\"(.+?)\"")
                    .matcher(body)
                    .results()
                    .findFirst()
                    .map(found -> "&page=" + found.group(1));
        }
        return ids;
    }

    @Test
    void showsOneRecordWhateverItsId() {
        String id = "a/b %?ü#..";
        server.exchange(new TestDevice("phone").put(id, "mint"), token);
        HttpResponse<String> answer =
                server.get("/v1/scopes/garden/collections/entries/records/a%2Fb%20%25%3F%C3%BC%23..", token);
        assertThat(answer.body()).isEqualTo("{\"id\":\"" + id + "\",\"account\":\"mint\"}");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"1\"");
    }

    @Test
    void showsScopesToAdministrators() {
        server.exchange(new TestDevice("phone").put("r1", "mint"), token);
        String body = server.get("/v1/scopes", server.token(Role.ADMIN, "*")).body();
        assertThat(body)
                .startsWith("{\"scopes\":[{\"scope\":\"garden\",")
                .contains("\"records\":1,\"fingerprint\":\"", "\"replica\":\"phone\",\"principal\":\"ann\"");
    }

    @Test
    void showsWhatDidNotStand() {
        server.exchange(
                new TestDevice("phone").put("r1", Map.of("account", new Value.Text("m"), "owner", new Value.Text("a"))),
                token);
        server.exchange(new TestDevice("laptop").put("r1", Map.of("owner", new Value.Text("b"))), token);
        String path = "/v1/scopes/garden/history";
        String viewer = server.token(Role.VIEWER, TestServer.SCOPE);
        assertThat(server.get(path, viewer).body())
                .contains("\"id\":\"r1\"", "\"replica\":\"laptop\"", "\"lost\":{\"owner\":\"b\"}");
        assertThat(server.get(path + "?collection=entries&id=r2", viewer).body())
                .isEqualTo("{\"history\":[]}");
    }

    @Test
    void countsWhatBecameOfChanges() {
        server.exchange(
                new TestDevice("phone").put("r1", "mint").put("r2", Map.of("potency", new Value.Int(11))), token);
        assertThat(server.get("/metrics").body())
                .contains(
                        "holdfast_changes_total{result=\"accepted\"} 1.0",
                        "holdfast_changes_total{result=\"refused\"} 1.0",
                        "holdfast_exchanges_seconds_count{kind=\"exchange\",outcome=\"applied\"} 1",
                        "holdfast_storage_seconds_count{operation=\"append\",outcome=\"done\"} 2")
                .doesNotContain("garden", "ann\"", "phone");
    }
}
