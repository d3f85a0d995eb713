package io.holdfast.server.auth;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.Locale;
import java.util.Map;

/** What the sender of one request may do: its token, found valid. */
public record Access(Token token) {

    /**
     * Checks that the token covers a scope.
     *
     * @throws HoldfastException FORBIDDEN, in the same words whether the scope exists or not
     */
    public void requireScope(String scope) {
        if (!token.covers(scope)) {
            throw scopeRefused(token.id());
        }
    }

    /**
     * Checks that the role is at least this one.
     *
     * @throws HoldfastException FORBIDDEN
     */
    public void requireRole(Role least) {
        if (token.role().compareTo(least) < 0) {
            throw new HoldfastException(
                    ErrorCode.FORBIDDEN,
                    "The token's role does not allow this; use a token of the role "
                            + least.name().toLowerCase(Locale.ROOT) + " or above.",
                    Map.of("token", token.id(), "role", token.role().name()));
        }
    }

    /** The refusal for a scope that is not covered, and for one that does not exist. */
    public static HoldfastException scopeRefused(String tokenId) {
        return new HoldfastException(
                ErrorCode.FORBIDDEN,
                "There is no such scope for this token; check the scope's name or use a token that covers it.",
                Map.of("token", tokenId));
    }
}
