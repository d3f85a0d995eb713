package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.apikit.ApiDescription;
import io.holdfast.apikit.ApiDescription.Operation;
import io.holdfast.apikit.BadRequests;
import io.holdfast.apikit.Judgement;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.Quotas;
import io.holdfast.server.http.sync.SyncRoutes;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SyncSettings;
import io.holdfast.server.storage.PostgresServer;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.server.system.Machine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every address and every parameter of {@code openapi.yaml}, wrong in one respect at a time: answered as a problem with a stable
 * code and in time, without any effect. Over each storage, as databases differ in what they cannot hold.
 */
final class BadRequestTest {

    private static final int LEAST = 1_000;

    @TempDir
    private Path folder;

    @Test
    void isRefusedWithoutAnyEffectOverMemory() {
        check(new InMemoryServerStorage());
    }

    @Test
    void isRefusedWithoutAnyEffectOverSqlite() {
        try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("server.db"))) {
            check(SqlServerStorage.open(database, List.of(TestServer.SCHEMA)));
        }
    }

    @Test
    void isRefusedWithoutAnyEffectOverPostgres() {
        try (PostgresDatabase database = PostgresDatabase.open(PostgresServer.freshUrl(), 4)) {
            check(SqlServerStorage.open(database, List.of(TestServer.SCHEMA)));
        }
    }

    @Test
    void isRefusedAtTheAddressesOfRunsOverPostgres() {
        try (SyncServer sync = new SyncServer(PostgresDatabase.open(PostgresServer.freshUrl(), 4), folder)) {
            checkRuns(sync);
        }
    }

    private static void checkRuns(SyncServer sync) {
        TestServer server = sync.server;
        String nobody = "0".repeat(32);
        BadRequests.Site site = new BadRequests.Site(
                server.uri("/"),
                () -> server.token(Role.ADMIN, "*"),
                Map.of("syncId", nobody, "alert", nobody),
                Map.of(
                        "/api/sync/manual", utf8("{\"source\": \"sellers\"}"),
                        "/api/sync/config",
                                utf8("{\"version\": 1, \"note\": \"x\", \"settings\": "
                                        + SettingsJson.write(SyncSettings.defaults()) + "}"),
                        "/api/sync/config/rollback", utf8("{\"version\": 1, \"to\": 1}"),
                        "/api/sync/alerts/{alert}/acknowledge", utf8("{\"note\": \"x\"}")));
        ApiDescription description = ApiDescription.of(
                new String(Description.with(List.of(SyncRoutes.description())), StandardCharsets.UTF_8));
        BadRequests requests = new BadRequests(site, description, badTokens(server));
        Judgement judgement = new Judgement(server.client);
        List<String> wrong = new ArrayList<>();
        List<Operation> operations = description.operations().stream()
                .filter(operation -> operation.path().startsWith("/api/sync/"))
                .toList();
        for (Operation operation : operations) {
            requests.of(operation).forEach(bad -> judgement.of(bad).ifPresent(wrong::add));
            requests.methods(operation.path(), operations)
                    .forEach(bad -> judgement.of(bad).ifPresent(wrong::add));
        }
        assertThat(wrong).isEmpty();
        assertThat(operations).hasSizeGreaterThan(15);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void check(ServerStorage storage) {
        Quotas quotas = Quotas.defaults().withRequestsPerMinute(1_000_000).withFailuresPerMinute(1_000_000);
        try (TestServer server = TestServer.start(TestServer.config().withQuotas(quotas), storage)) {
            BadRequests requests = requests(server);
            Held before = held(storage);
            Judgement judgement = new Judgement(server.client);
            List<String> wrong = new ArrayList<>();
            int sent = 0;
            List<Operation> operations = description().operations();
            for (Operation operation : operations) {
                List<BadRequests.Bad> all = new ArrayList<>(requests.of(operation));
                all.addAll(requests.methods(operation.path(), operations));
                for (BadRequests.Bad bad : all) {
                    judgement.of(bad).ifPresent(wrong::add);
                }
                sent += all.size();
                assertThat(server.get("/health/ready").statusCode())
                        .as("after " + operation)
                        .isEqualTo(200);
                assertThat(held(storage)).as("after " + operation).isEqualTo(before);
            }
            assertThat(wrong).isEmpty();
            assertThat(sent).isGreaterThan(LEAST);
        }
    }

    /**
     * What a scope holds. Without its epoch: a cursor or a mark that the server never gave is what a device shows to a server that
     * was restored, so an epoch begins; nothing is lost by it.
     */
    private record Held(long sequence, String chain, DigestSum root) {}

    private static Held held(ServerStorage storage) {
        ScopeHead head = storage.<ScopeHead>snapshot(
                TestServer.SCOPE, scope -> scope.head().orElseThrow());
        return new Held(head.sequence(), head.chain(), head.root());
    }

    /** A server with one record, and the messages that brought it, which change nothing when they come again. */
    private static BadRequests requests(TestServer server) {
        TestDevice tablet = new TestDevice("tablet");
        byte[] register = tablet.register();
        byte[] exchange = tablet.put("r1", "mint").exchange();
        String token = server.token(Role.ADMIN, "*");
        assertThat(server.post("/v1/replicas", token, register, same -> same).statusCode())
                .isEqualTo(200);
        assertThat(server.post("/v1/exchange", token, exchange, same -> same).statusCode())
                .isEqualTo(200);
        byte[] reconcile = tablet.reconcile();
        assertThat(server.post("/v1/reconcile", token, reconcile, same -> same).statusCode())
                .isEqualTo(200);
        BadRequests.Site site = new BadRequests.Site(
                server.uri("/"),
                () -> server.token(Role.ADMIN, "*"),
                Map.of("scope", TestServer.SCOPE, "collection", "entries", "id", "r1"),
                Map.of("/v1/replicas", register, "/v1/exchange", exchange, "/v1/reconcile", reconcile));
        return new BadRequests(site, description(), badTokens(server));
    }

    private static ApiDescription description() {
        return ApiDescription.of(new String(Description.with(List.of()), StandardCharsets.UTF_8));
    }

    private static Map<String, String> badTokens(TestServer server) {
        String right = server.token(Role.ADMIN, "*");
        InstantSource clock = Machine.real().clock();
        InstantSource early = () -> clock.instant().minus(Duration.ofDays(2));
        TokenMint.Grant grant =
                new TokenMint.Grant("ann", Role.ADMIN, Token.scope("*"), Optional.of(Duration.ofDays(1)));
        TokenMint.Issued revoked = server.issue(Role.ADMIN, "*");
        server.tokens.revoke(revoked.token().id(), clock.instant());
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("a wrong token", right.substring(0, right.length() - 2) + (right.endsWith("AA") ? "QQ" : "AA"));
        bad.put("a token cut short", right.substring(0, right.length() - 1));
        bad.put("a token and more", right + "x");
        bad.put("an unknown token", "hf_0000000000000000_" + "A".repeat(43));
        bad.put("nonsense", "nonsense");
        bad.put("a long token", "x".repeat(4_000));
        bad.put(
                "an expired token",
                new TokenMint(server.tokens, early, Machine.real().random())
                        .issue(grant)
                        .text()
                        .reveal());
        bad.put("a revoked token", revoked.text().reveal());
        return bad;
    }
}
