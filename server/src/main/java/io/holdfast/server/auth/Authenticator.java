package io.holdfast.server.auth;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.InstantSource;
import java.util.Optional;

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
        Optional<Access> access = TokenText.parse(text)
                .flatMap(parsed -> tokens.find(parsed.id()).filter(parsed::opens))
                .filter(token -> token.validAt(clock.instant()))
                .map(Access::new);
        return access.orElseThrow(Authenticator::refused);
    }

    /** The refusal of a request whose token opens nothing. */
    public static HoldfastException refused() {
        return new HoldfastException(
                ErrorCode.AUTH_REQUIRED,
                "The token is wrong, expired or revoked; get a new token from an administrator.");
    }
}
