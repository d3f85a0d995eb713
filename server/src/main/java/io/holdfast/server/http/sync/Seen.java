package io.holdfast.server.http.sync;

import io.holdfast.server.auth.Access;
import io.holdfast.server.auth.Token;
import io.holdfast.server.http.Call;
import java.util.Optional;
import java.util.Set;

/** What of runs and alerts a token shows. Stateless. */
final class Seen {

    private Seen() {}

    /** The scopes whose runs the caller may see; empty for all. */
    static Optional<Set<String>> scopes(Call call) {
        Set<String> scopes = call.access().token().scopes();
        return scopes.contains(Token.EVERY_SCOPE) ? Optional.empty() : Optional.of(scopes);
    }

    /** Whether the caller may see one. */
    static boolean sees(Access access, String scope) {
        return access.token().covers(scope);
    }
}
