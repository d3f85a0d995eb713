package io.holdfast.server.http;

import static io.holdfast.server.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PageTest {

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> visit(URI address) {
        return server.send(HttpRequest.newBuilder(address).build());
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private HttpRequest.Builder withCookie(String path, String cookie) {
        return HttpRequest.newBuilder(server.uri(path)).header("Cookie", "other=1; " + cookie);
    }

    @Test
    void allowsOnlyItsOwnStyleAndScript() throws Exception {
        HttpResponse<String> page = server.get("/");
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).contains("default-src 'none'", "connect-src 'self'").doesNotContain("unsafe", "*");
        for (String element : new String[] {"style", "script"}) {
            Matcher inside = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                    .matcher(page.body());
            assertThat(inside.find()).isTrue();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(inside.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(policy)
                    .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
        assertThat(page.body()).doesNotContain("http://", "https://", "innerHTML");
    }

    @Test
    void aLinkSignsItsFirstVisitorIn() {
        URI link = server.server.adminLink();
        HttpResponse<String> first = visit(link);
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Location")).hasValue("/");
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        assertThat(server.send(withCookie("/v1/scopes", cookie(first)).build()).statusCode())
                .isEqualTo(200);
        HttpResponse<String> second = visit(link);
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(second.headers().firstValue("Location")).hasValue("/#link-used");
    }

    @Test
    void aTokenBeginsASessionWithItsOwnRights() {
        String token = server.token(Role.VIEWER, TestServer.SCOPE);
        HttpResponse<String> begun = server.post("/v1/session", token, "");
        assertThat(begun.statusCode()).isEqualTo(204);
        String shown =
                server.send(withCookie("/v1/session", cookie(begun)).build()).body();
        assertThat(shown)
                .contains("\"principal\":\"ann\",\"role\":\"VIEWER\",\"scopes\":[\"garden\"]", "\"csrf\":\"")
                .doesNotContain(token);
        assertProblem(server.send(withCookie("/v1/scopes", cookie(begun)).build()), 403, ErrorCode.FORBIDDEN);
    }

    @Test
    void changesNothingByCookieAloneAndEndsWithTheProof() {
        String cookie = cookie(server.post("/v1/session", server.token(Role.ADMIN, "*"), ""));
        HttpRequest.Builder end = withCookie("/v1/session", cookie).DELETE();
        assertProblem(server.send(end.build()), 403, ErrorCode.FORBIDDEN);
        assertProblem(server.send(end.copy().header("Holdfast-Csrf", "guess").build()), 403, ErrorCode.FORBIDDEN);
        String csrf = server.send(withCookie("/v1/session", cookie).build())
                .body()
                .replaceAll(".*\"csrf\":\"(\\w+)\".*", "$1");
        assertThat(server.send(end.copy().header("Holdfast-Csrf", csrf).build()).statusCode())
                .isEqualTo(204);
        assertProblem(server.send(withCookie("/v1/scopes", cookie).build()), 401, ErrorCode.AUTH_REQUIRED);
    }
}
