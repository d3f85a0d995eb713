package io.holdfast.server.auth;

import io.holdfast.core.exchange.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/** Makes tokens. Thread-safe if its parts are. */
public final class TokenMint {

    private final TokenStorage storage;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random must be cryptographically strong outside of tests */
    public TokenMint(TokenStorage storage, InstantSource clock, RandomGenerator random) {
        this.storage = storage;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What a new token shall be good for.
     *
     * @param principal who it speaks for
     * @param life how long; absent for ever
     */
    public record Grant(String principal, Role role, SortedSet<String> scopes, Optional<Duration> life) {
        /** Refuses a life that is over before it begins. */
        public Grant {
            if (life.map(length -> length.isNegative() || length.isZero()).orElse(false)) {
                throw new IllegalArgumentException("a token lives longer than nothing");
            }
        }
    }

    /** A token and, this once, its text. */
    public record Issued(Token token, TokenText text) {}

    /** Makes and keeps a token. Its text is nowhere afterwards but in the answer. */
    public Issued issue(Grant grant) {
        TokenText text = TokenText.draw(random);
        // Databases keep microseconds: what is stored shall read back as the same token.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Token token = new Token(
                text.id(),
                text.secretHash(),
                grant.principal(),
                grant.role(),
                grant.scopes(),
                now,
                grant.life().map(now::plus),
                Optional.empty());
        storage.create(token);
        return new Issued(token, text);
    }
}
