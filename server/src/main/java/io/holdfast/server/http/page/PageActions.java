package io.holdfast.server.http.page;

import io.holdfast.core.json.JsonText;
import io.holdfast.server.auth.OneTimeLinks;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenCache;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.access.SessionCookie;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * The status page, and how a browser signs in and out. A session is a token of its own, so that it is revoked like any
 * other and opens every process of the server. Thread-safe.
 */
public final class PageActions {

    private static final byte[] NO_BODY = {};

    private final Sessions sessions;
    private final OneTimeLinks links;
    private final StatusPage page = StatusPage.load();

    /** What sessions are made of. */
    public record Sessions(TokenMint mint, TokenStorage storage, TokenCache cache, InstantSource clock) {}

    /** @param links that were given out for signing in */
    public PageActions(Sessions sessions, OneTimeLinks links) {
        this.sessions = sessions;
        this.links = links;
    }

    /** {@code GET /}: the page; with {@code ?link=…} first signs in, and leads on to the address without the code. */
    public Answer page(Call call) {
        Optional<String> code = call.query().one("link");
        if (code.isEmpty()) {
            return new Answer.Whole(
                    200, "text/html;charset=utf-8", page.html(), Map.of("Content-Security-Policy", page.policy()));
        }
        return links.use(code.get())
                .map(grant -> sessions.mint.issue(grant))
                .map(issued -> redirect(
                        "/",
                        Map.of("Set-Cookie", SessionCookie.begin(issued.text().reveal(), call.secure()))))
                .orElseGet(() -> redirect("/#link-used", Map.of()));
    }

    private static Answer redirect(String to, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Location", to);
        return new Answer.Whole(303, "", NO_BODY, all);
    }

    /** {@code POST /v1/session}: begins a session of twelve hours with the rights of the token that is shown. */
    public Answer begin(Call call) {
        call.query().requireOnly(Set.of());
        Token token = call.access().token();
        TokenMint.Issued issued = sessions.mint.issue(
                new TokenMint.Grant(token.principal(), token.role(), token.scopes(), Optional.of(SessionCookie.LIFE)));
        return Answer.nothing(
                Map.of("Set-Cookie", SessionCookie.begin(issued.text().reveal(), call.secure())));
    }

    /** {@code GET /v1/session}: who is signed in, and what a page must show to change anything. */
    public Answer show(Call call) {
        Token token = call.access().token();
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeStringProperty("principal", token.principal());
            out.writeStringProperty("role", token.role().name());
            out.writeArrayPropertyStart("scopes");
            token.scopes().forEach(out::writeString);
            out.writeEndArray();
            token.expiresAt().ifPresent(at -> out.writeStringProperty("expiresAt", at.toString()));
            String cookie = call.cookie(SessionCookie.name(call.secure()));
            if (!cookie.isEmpty()) {
                out.writeStringProperty("csrf", SessionCookie.csrf(cookie));
            }
            out.writeEndObject();
        }
        return Answer.json(text.toString());
    }

    /** {@code DELETE /v1/session}: revokes the token that is shown and forgets the cookie. */
    public Answer end(Call call) {
        String id = call.access().token().id();
        sessions.storage.revoke(id, sessions.clock.instant());
        sessions.cache.forget(id);
        return Answer.nothing(Map.of("Set-Cookie", SessionCookie.end(call.secure())));
    }
}
