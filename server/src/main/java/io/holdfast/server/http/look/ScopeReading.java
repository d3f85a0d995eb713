package io.holdfast.server.http.look;

import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.auth.Access;
import java.util.function.Function;

/** Reads a scope on behalf of a token. Thread-safe. */
public final class ScopeReading {

    private final ServerStorage storage;

    /** Reads that storage. */
    public ScopeReading(ServerStorage storage) {
        this.storage = storage;
    }

    /**
     * Reads one state of a scope.
     *
     * @throws io.holdfast.core.error.HoldfastException FORBIDDEN, in the same words for a scope that the token does not cover
     *     and for one that does not exist
     */
    public <T> T read(Access access, String scope, Function<ScopeSnapshot, T> body) {
        access.requireScope(scope);
        return storage.snapshot(scope, snapshot -> {
            if (snapshot.head().isEmpty()) {
                throw Access.scopeRefused(access.token().id());
            }
            return body.apply(snapshot);
        });
    }
}
