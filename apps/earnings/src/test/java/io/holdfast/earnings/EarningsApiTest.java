package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.apikit.ApiDescription;
import io.holdfast.apikit.BadRequests;
import io.holdfast.apikit.Judgement;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.UserEarnings;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The addresses under {@code /api/earnings}, over HTTP. */
class EarningsApiTest {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private EarningsOffice office;

    @BeforeEach
    void open() {
        office = EarningsOffice.withThreeUsers(new EarningsWorld(folder));
    }

    @AfterEach
    void close() {
        office.close();
    }

    private static JsonTree json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonText.read(answer.body());
    }

    private static List<String> texts(JsonTree page, String list, String member) {
        return ApiDescription.elements(ApiDescription.at(page, list)).stream()
                .map(element -> ApiDescription.text(element, member))
                .toList();
    }

    private EarningsReview review(String user) {
        return office.world.rows(EarningsSchema.REVIEWS, user).getFirst();
    }

    private String decision(String user) {
        return "/api/earnings/users/" + user + "/reviews/" + review(user).id() + "/decision";
    }

    @Test
    void describesEveryAddressAndNoOther() {
        ApiDescription description =
                ApiDescription.of(office.get("/openapi.yaml", "").body());
        assertThat(description.operations().stream().map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(office.server.routes().stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
        assertThat(description.operations().stream().map(Object::toString)).contains("GET /api/earnings/reviews");
    }

    @Test
    void showsAUserToTheBalanceLastDigit() {
        JsonTree user = json(office.get("/api/earnings/users/ann", office.token(Role.VIEWER, "*")));
        UserEarnings held = office.world.user("ann");
        assertThat(ApiDescription.text(user, "current_earnings"))
                .isEqualTo(held.current().toPlainString());
        assertThat(ApiDescription.text(user, "held_earnings"))
                .isEqualTo(held.held().toPlainString());
        assertThat(ApiDescription.members(user)).doesNotContainKey("ledger").containsKey("sync_status");
        JsonTree sessions = json(office.get("/api/earnings/users/ann/sessions", office.token(Role.VIEWER, "*")));
        JsonTree only = ApiDescription.elements(ApiDescription.at(sessions, "mining_sessions"))
                .getFirst();
        assertThat(ApiDescription.text(ApiDescription.at(only, "settlement"), "granted"))
                .isEqualTo(held.current().toPlainString());
    }

    @Test
    void pagesThroughTheAuditTrailWithoutGapsOrRepetitions() {
        String token = office.token(Role.VIEWER, "ann");
        List<String> whole = office.world.rows(EarningsSchema.AUDIT, "ann").stream()
                .map(AuditEntry::id)
                .toList();
        assertThat(walk("/api/earnings/users/ann/audit?limit=1", "earnings_audit_log", token))
                .containsExactlyElementsOf(whole)
                .hasSizeGreaterThan(2);
    }

    private List<String> walk(String path, String list, String token) {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonTree page = json(office.get(path + (next.isEmpty() ? "" : "&page=" + next), token));
            ids.addAll(texts(page, list, "id"));
            next = ApiDescription.text(page, "next");
        } while (!next.isEmpty());
        return ids;
    }

    @Test
    void listsWhatWaitsOfAllUsersThatTheTokenCovers() {
        List<String> all =
                Stream.of("ann", "bob", "cid").map(user -> review(user).id()).toList();
        String everybody = office.token(Role.VIEWER, "*");
        assertThat(walk("/api/earnings/reviews?limit=1", "reviews", everybody)).containsExactlyElementsOf(all);
        assertThat(walk("/api/earnings/reviews?limit=2&user=bob", "reviews", everybody))
                .containsExactly(all.get(1));
        assertThat(walk("/api/earnings/reviews?limit=1", "reviews", office.token(Role.DEVICE, "bob")))
                .containsExactly(all.get(1));
        assertThat(walk("/api/earnings/reviews?limit=1&status=accepted", "reviews", everybody))
                .isEmpty();
        assertThat(office.get("/api/earnings/reviews?user=ann", office.token(Role.VIEWER, "bob"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(office.get("/api/earnings/reviews?status=both", everybody).statusCode())
                .isEqualTo(400);
        assertThat(walk("/api/earnings/discrepancies?limit=2", "discrepancies", everybody))
                .hasSize(3);
        assertThat(walk("/api/earnings/discrepancies?limit=2&kind=TIME_AHEAD", "discrepancies", everybody))
                .isEmpty();
    }

    @Test
    void aDecisionMovesReviewBalanceAndAuditTogetherAndOnce() {
        UserEarnings before = office.world.user("ann");
        String operator = office.token(Role.OPERATOR, "ann");
        String adjust = "{\"verdict\":\"adjusted\",\"amount\":\"12.5\",\"reason\":\"seen the logs\"}";

        JsonTree decided = json(office.post(decision("ann"), operator, adjust));

        assertThat(ApiDescription.text(decided, "status")).isEqualTo("adjusted");
        assertThat(ApiDescription.text(decided, "decided_by")).isEqualTo("olga");
        UserEarnings after = office.world.user("ann");
        assertThat(after.current()).isEqualTo(before.current().add(new BigDecimal("12.5")));
        assertThat(after.held()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(office.world.rows(EarningsSchema.AUDIT, "ann"))
                .anyMatch(row -> row.source().equals(AuditEntry.RECONCILIATION)
                        && row.metadata().json().contains("olga")
                        && row.metadata().json().contains("seen the logs"));
        assertThat(office.post(decision("ann"), operator, adjust).statusCode()).isEqualTo(409);
        assertThat(office.world.user("ann")).isEqualTo(after);
    }

    @Test
    void onlyOperatorsDecideAndOnlyWithinTheirScopes() {
        String accept = "{\"verdict\":\"accepted\",\"reason\":\"fine\"}";
        Map.of(Role.DEVICE, "bob", Role.VIEWER, "*")
                .forEach((role, scope) -> assertThat(office.post(decision("bob"), office.token(role, scope), accept)
                                .statusCode())
                        .as(role.name())
                        .isEqualTo(403));
        assertThat(office.post(decision("bob"), office.token(Role.OPERATOR, "ann"), accept)
                        .statusCode())
                .isEqualTo(403);
        assertThat(review("bob").status()).isEqualTo(EarningsReview.OPEN);
        for (String path : List.of("", "/sessions", "/audit")) {
            assertThat(office.get("/api/earnings/users/bob" + path, office.token(Role.DEVICE, "ann"))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(office.get("/api/earnings/discrepancies/export", office.token(Role.DEVICE, "ann"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void refusesVerdictsThatAreNone() {
        String operator = office.token(Role.OPERATOR, "*");
        for (String body : List.of(
                "{\"verdict\":\"maybe\",\"reason\":\"r\"}",
                "{\"verdict\":\"accepted\"}",
                "{\"verdict\":\"accepted\",\"reason\":\" \"}",
                "{\"verdict\":\"accepted\",\"reason\":\"" + "x".repeat(2_001) + "\"}",
                "{\"verdict\":\"accepted\",\"reason\":\"r\",\"amount\":\"1\"}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\"}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\",\"amount\":\"-1\"}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\",\"amount\":\"NaN\"}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\",\"amount\":NaN}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\",\"amount\":-Infinity}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\",\"amount\":1}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\",\"amount\":\"0.000000001\"}",
                "{\"verdict\":\"adjusted\",\"reason\":\"r\",\"amount\":\"9999999999.99999999\"}",
                "{\"verdict\":\"accepted\",\"reason\":\"r\",\"by\":\"eve\"}")) {
            HttpResponse<String> answer = office.post(decision("cid"), operator, body);
            assertThat(answer.statusCode()).as(body + answer.body()).isBetween(400, 422);
        }
        assertThat(review("cid").status()).isEqualTo(EarningsReview.OPEN);
    }

    @Test
    void tellsWhichVerdictTakesAnAmount() {
        String operator = office.token(Role.OPERATOR, "*");
        assertThat(office.post(decision("cid"), operator, "{\"verdict\":\"adjusted\",\"reason\":\"r\"}")
                        .body())
                .contains("amount: A required field holds nothing. Say how much is granted instead.");
        assertThat(office.post(
                                decision("cid"),
                                operator,
                                "{\"verdict\":\"accepted\",\"reason\":\"r\",\"amount\":\"1\"}")
                        .body())
                .contains("verdict: ", "Found accepted. Say adjusted to grant another amount.");
    }

    @Test
    void anUnknownUserIsAnsweredAsAForeignOne() {
        String device = office.token(Role.DEVICE, "ann");
        for (String path : List.of("", "/sessions", "/audit", "/reviews/r", "/discrepancies/d")) {
            HttpResponse<String> unknown = office.get("/api/earnings/users/nobody" + path, device);
            assertThat(unknown.statusCode()).as(path).isEqualTo(403);
            assertThat(unknown.body())
                    .isEqualTo(
                            office.get("/api/earnings/users/bob" + path, device).body());
        }
    }

    @Test
    void M31_everyDiscrepancyIsListedOpenedAndExported() {
        String viewer = office.token(Role.VIEWER, "*");
        String csv = office.get("/api/earnings/discrepancies/export?format=csv", viewer)
                .body();
        String exported = office.get("/api/earnings/discrepancies/export?format=json", viewer)
                .body();
        List<JsonTree> array = ((JsonTree.Elements) JsonText.read(exported)).elements();
        assertThat(csv.lines()).hasSize(4);
        int number = 0;
        for (String user : List.of("ann", "bob", "cid")) {
            var row = office.world.rows(EarningsSchema.DISCREPANCIES, user).getFirst();
            JsonTree one = json(office.get("/api/earnings/users/" + user + "/discrepancies/" + row.id(), viewer));
            assertThat(one).isEqualTo(array.get(number));
            assertThat(ApiDescription.text(one, "claimed"))
                    .isEqualTo(row.claimed().orElseThrow().toPlainString());
            assertThat(ApiDescription.text(one, "computed"))
                    .isEqualTo(row.computed().orElseThrow().toPlainString());
            assertThat(ApiDescription.members(ApiDescription.at(one, "details")))
                    .containsKey("session_rate");
            assertThat(csv.lines().skip(1L + number++).findFirst().orElseThrow())
                    .startsWith("\"" + row.id() + "\",\"" + user + "\",")
                    .contains("\"ABOVE_RATE\",\"1000.00000000\",\""
                            + row.computed().orElseThrow());
        }
        assertThat(csv).contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"").doesNotContain(",\"=");
        assertThat(office.get("/api/earnings/discrepancies/export", office.token(Role.VIEWER, "cid"))
                        .body()
                        .lines())
                .hasSize(2);
    }

    /** As the server's own addresses are tried: wrong in one respect at a time, a problem each, and no effect. */
    @Test
    void badRequestsAreRefusedWithoutAnyEffect() {
        ApiDescription description =
                ApiDescription.of(office.get("/openapi.yaml", "").body());
        String path = "/api/earnings/users/{user}/reviews/{id}/decision";
        // A review that is not there: what passes every check of the request still changes nothing.
        BadRequests.Site site = new BadRequests.Site(
                office.uri("/"),
                () -> office.token(Role.ADMIN, "*"),
                Map.of("user", "ann", "id", "no-review"),
                Map.of(
                        path,
                        "{\"verdict\":\"adjusted\",\"amount\":\"1.5\",\"reason\":\"a\"}"
                                .getBytes(StandardCharsets.UTF_8)));
        BadRequests requests = new BadRequests(site, description, Map.of("nonsense", "nonsense"));
        Judgement judgement = new Judgement(office.client);
        List<Long> before = sequences();
        List<ApiDescription.Operation> operations = description.operations().stream()
                .filter(operation -> operation.path().startsWith("/api/earnings/"))
                .toList();
        assertThat(operations).hasSizeGreaterThan(8);
        List<String> wrong = new ArrayList<>();
        int sent = 0;
        for (ApiDescription.Operation operation : operations) {
            List<BadRequests.Bad> all = new ArrayList<>(requests.of(operation));
            all.addAll(requests.methods(operation.path(), operations));
            all.forEach(bad -> judgement.of(bad).ifPresent(wrong::add));
            sent += all.size();
        }
        assertThat(wrong).isEmpty();
        assertThat(sent).isGreaterThan(400);
        assertThat(sequences()).isEqualTo(before);
    }

    private List<Long> sequences() {
        return Stream.of("ann", "bob", "cid")
                .map(user -> office.world.storage.<ScopeHead>snapshot(
                        user, scope -> scope.head().orElseThrow()))
                .map(ScopeHead::sequence)
                .toList();
    }
}
