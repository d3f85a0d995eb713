package io.holdfast.server.auth;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Finds out whose request it is. Thread-safe. */
public final class Authenticator {

    private final TokenCache tokens;
    private final InstantSource clock;

    /** @param clock tells expired tokens */
    public Authenticator(TokenCache tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Checks a token's text.
     *
     * @throws HoldfastException AUTH_REQUIRED, in the same words for malformed, unknown, wrong, expired and revoked ones
     */
    public Access authenticate(String text) {
        return check(text, tokens::find).orElseThrow(Authenticator::refused);
    }

    /** As {@link #authenticate} for tokens that were valid a moment ago, without asking the storage; empty for others. */
    public Optional<Access> authenticateKnown(String text) {
        return check(text, tokens::findKnown);
    }

    /** Checks again, on behalf of a long answer, that what opened it still does. */
    public boolean stillValid(Access access) {
        return tokens.find(access.token().id())
                .filter(token -> token.validAt(clock.instant()))
                .isPresent();
    }

    private Optional<Access> check(String text, Function<String, Optional<Token>> lookup) {
        return TokenText.parse(text)
                .flatMap(parsed -> lookup.apply(parsed.id()).filter(parsed::opens))
                .filter(token -> token.validAt(clock.instant()))
                .map(Access::new);
    }

    /** The refusal of a request whose token opens nothing. */
    public static HoldfastException refused() {
        return new HoldfastException(
                ErrorCode.AUTH_REQUIRED,
                "The token is wrong, expired or revoked; get a new token from an administrator.");
    }
}
