package io.holdfast.server.http.access;

import io.holdfast.core.value.Sha256;
import io.holdfast.server.auth.TokenText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * How a browser holds a session: a token of its own in a cookie that scripts cannot read and other sites cannot send.
 *
 * <p>Whatever a cookie alone opens, a page of another site might be made to ask for. So a request that changes something
 * must also show {@link #CSRF_HEADER}, a value derived from the token that only a page of this server can learn.
 */
public final class SessionCookie {

    /** Life of a session. */
    public static final Duration LIFE = Duration.ofHours(12);

    /** The header that proves that a page of this server sends the request. */
    public static final String CSRF_HEADER = "Holdfast-Csrf";

    private static final String PLAIN_NAME = "holdfast_session";
    private static final String SECURE_NAME = "__Host-holdfast_session";

    private SessionCookie() {}

    /** The cookie's name; under TLS the prefix binds it to this host (RFC 6265bis, section 4.1.3). */
    public static String name(boolean secure) {
        return secure ? SECURE_NAME : PLAIN_NAME;
    }

    /** The Set-Cookie header that begins a session. */
    public static String begin(String token, boolean secure) {
        return name(secure) + '=' + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + LIFE.toSeconds()
                + (secure ? "; Secure" : "");
    }

    /** The Set-Cookie header that ends a session. */
    public static String end(boolean secure) {
        return name(secure) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" + (secure ? "; Secure" : "");
    }

    /** What {@link #CSRF_HEADER} must show beside that token's cookie. */
    public static String csrf(String token) {
        return digest("holdfast csrf " + token);
    }

    /** Whether a header's value goes with a token. */
    public static boolean csrfMatches(String token, String header) {
        return MessageDigest.isEqual(
                csrf(token).getBytes(StandardCharsets.US_ASCII), header.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(String text) {
        return new Sha256().text(text).hex(TokenText.SECRET_BYTES / 2);
    }
}
