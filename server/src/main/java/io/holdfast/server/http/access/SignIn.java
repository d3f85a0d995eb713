package io.holdfast.server.http.access;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.auth.Access;
import io.holdfast.server.auth.Authenticator;
import java.util.Locale;

/** Finds out whose request it is, from its Authorization header or its session cookie, never from its address. Thread-safe. */
public final class SignIn {

    private static final String SCHEME = "bearer ";

    private final Authenticator authenticator;
    private final RateLimits limits;

    /** @param limits of wrong tokens and of each principal's requests */
    public SignIn(Authenticator authenticator, RateLimits limits) {
        this.authenticator = authenticator;
        this.limits = limits;
    }

    /**
     * The sender of a request, counted against its limit.
     *
     * @throws HoldfastException AUTH_REQUIRED, FORBIDDEN without the proof that a cookie needs, RATE_LIMITED
     */
    public Access of(Credentials credentials) {
        Access access = verified(token(credentials), credentials.address());
        limits.request(access.token().principal());
        return access;
    }

    private static String token(Credentials credentials) {
        String header = credentials.authorization();
        if (header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return header.substring(SCHEME.length()).strip();
        }
        if (!header.isEmpty() || credentials.cookie().isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.AUTH_REQUIRED,
                    "The request has no token; send it in the header Authorization: Bearer TOKEN.");
        }
        if (credentials.changes() && !SessionCookie.csrfMatches(credentials.cookie(), credentials.csrf())) {
            throw new HoldfastException(
                    ErrorCode.FORBIDDEN,
                    "The request lacks the header " + SessionCookie.CSRF_HEADER
                            + " that goes with the session; reload the page.");
        }
        return credentials.cookie();
    }

    private Access verified(String token, String address) {
        return authenticator.authenticateKnown(token).orElseGet(() -> verifiedByStorage(token, address));
    }

    private Access verifiedByStorage(String token, String address) {
        limits.requireTry(address);
        try {
            return authenticator.authenticate(token);
        } catch (HoldfastException refusal) {
            if (refusal.code() == ErrorCode.AUTH_REQUIRED) {
                limits.failure(address);
            }
            throw refusal;
        }
    }
}
