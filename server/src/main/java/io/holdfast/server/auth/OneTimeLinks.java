package io.holdfast.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Codes that a person opens once to sign in with a browser. A code is worth nothing after its first use or after
 * {@link #LIFE}, so that it does no harm in a browser's history. Kept in this process alone. Thread-safe.
 */
public final class OneTimeLinks {

    /** How long a code waits to be used. */
    public static final Duration LIFE = Duration.ofHours(1);

    private static final int CODE_BYTES = 32;
    private static final int CODES_MAX = 100;

    private final RandomGenerator random;
    private final Cache<String, TokenMint.Grant> grants;

    /** @param random must be cryptographically strong outside of tests */
    public OneTimeLinks(RandomGenerator random, Ticker ticker) {
        this.random = random;
        this.grants = Caffeine.newBuilder()
                .maximumSize(CODES_MAX)
                .expireAfterWrite(LIFE)
                .ticker(ticker)
                .build();
    }

    /** A new code for a session with that grant. */
    public String open(TokenMint.Grant grant) {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        grants.put(code, grant);
        return code;
    }

    /** Uses a code up. A code of 256 random bits is not found by timing, so a plain look-up does. */
    public Optional<TokenMint.Grant> use(String code) {
        return Optional.ofNullable(grants.asMap().remove(code));
    }
}
