package io.holdfast.server.auth;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the sender of one request may do: its token, found valid. */
public record Access(Token token) {

    /** Who sends, as the exchange sees it. */
    public Principal principal() {
        return new Principal(token.principal(), token.role());
    }

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
     * Checks that the role is one of these.
     *
     * @throws HoldfastException FORBIDDEN
     */
    public void requireRole(Set<Role> roles) {
        if (!roles.contains(token.role())) {
            String names = roles.stream()
                    .sorted()
                    .map(role -> role.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
            throw new HoldfastException(
                    ErrorCode.FORBIDDEN,
                    "The token's role does not allow this; use a token of the role " + names + ".",
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
