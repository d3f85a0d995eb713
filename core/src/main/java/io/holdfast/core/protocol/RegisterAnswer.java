package io.holdfast.core.protocol;

import io.holdfast.core.identity.ScopeKey;

/**
 * The replica is known from now on.
 *
 * @param key the secret of the scope's digests
 * @param serverMillis the server's clock, milliseconds since 1970
 */
public record RegisterAnswer(long request, ScopeKey key, long serverMillis) {}
