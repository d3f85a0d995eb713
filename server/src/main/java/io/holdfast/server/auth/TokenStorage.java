package io.holdfast.server.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where tokens are kept: the port under sign-in. Thread-safe; what one process writes, others see at once.
 *
 * <p>Failures are {@link io.holdfast.core.error.HoldfastException}s: DATABASE_UNREACHABLE, UNAVAILABLE, STORE_FULL.
 */
public interface TokenStorage {

    /**
     * Keeps a new token durably.
     *
     * @throws IllegalArgumentException if its id is taken
     */
    void create(Token token);

    /** The token of that id, revoked and expired ones included. */
    Optional<Token> find(String id);

    /** Every token, revoked and expired ones included, the oldest first, then by id. */
    List<Token> list();

    /**
     * Revokes a token durably; repeating it keeps the first time.
     *
     * @return whether there is a token of that id
     */
    boolean revoke(String id, Instant at);
}
