package io.holdfast.sources.google;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tokens of a service account, by a JWT that its key signs (RFC 7523, RS256 of RFC 7518). A token is used until a minute before it
 * ends. Not thread-safe.
 */
final class AccountTokens implements Authorisation {

    private static final String SCOPES = "https://www.googleapis.com/auth/spreadsheets.readonly"
            + " https://www.googleapis.com/auth/drive.metadata.readonly";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final long LIFE_SECONDS = 3_600;
    private static final long EARLY_SECONDS = 60;

    private final GoogleAccess.ServiceAccount account;
    private final InstantSource clock;
    private final Function<HttpRequest, JsonTree> exchange;
    private Optional<Token> token = Optional.empty();

    /** What was given out, and until when it is used. */
    private record Token(String secret, Instant until) {}

    AccountTokens(GoogleAccess.ServiceAccount account, InstantSource clock, Function<HttpRequest, JsonTree> exchange) {
        this.account = account;
        this.clock = clock;
        this.exchange = exchange;
    }

    @Override
    public void sign(HttpRequest.Builder request) {
        Token current =
                token.filter(held -> clock.instant().isBefore(held.until())).orElseGet(this::fetch);
        token = Optional.of(current);
        request.header("Authorization", "Bearer " + current.secret());
    }

    @Override
    public boolean renew() {
        boolean held = token.isPresent();
        token = Optional.empty();
        return held;
    }

    private Token fetch() {
        Instant now = clock.instant();
        String form = "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion=" + assertion(now);
        JsonTree answer = exchange.apply(HttpRequest.newBuilder(account.tokens())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(GoogleClient.TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        String secret = Members.text(answer, "access_token")
                .filter(text -> text.matches("[!-~]{1,8192}"))
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.AUTH_REQUIRED,
                        "Google gave no token to the account " + account.email()
                                + "; check that its key is still valid."));
        long seconds = Members.integer(answer, "expires_in").orElse((int) LIFE_SECONDS);
        return new Token(secret, now.plusSeconds(Math.max(1, seconds - EARLY_SECONDS)));
    }

    private String assertion(Instant now) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":" + quoted(account.keyId()) + "}";
        String claims = "{\"iss\":" + quoted(account.email()) + ",\"scope\":" + quoted(SCOPES) + ",\"aud\":"
                + quoted(account.tokens().toString()) + ",\"iat\":" + now.getEpochSecond() + ",\"exp\":"
                + now.plusSeconds(LIFE_SECONDS).getEpochSecond() + "}";
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(account.key());
            rsa.update(text.getBytes(StandardCharsets.US_ASCII));
            return rsa.sign();
        } catch (GeneralSecurityException unusable) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The key of the account " + account.email() + " cannot sign; make a new one.",
                    unusable);
        }
    }

    private static String quoted(String text) {
        return CanonicalJson.of(new JsonTree.Text(text));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
