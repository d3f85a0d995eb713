package io.holdfast.server.auth;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Tokens that last as long as the process. Thread-safe. */
public final class InMemoryTokenStorage implements TokenStorage {

    private final ConcurrentMap<String, Token> tokens = new ConcurrentHashMap<>();

    @Override
    public void create(Token token) {
        if (tokens.putIfAbsent(token.id(), token) != null) {
            throw new IllegalArgumentException("the token id is taken");
        }
    }

    @Override
    public Optional<Token> find(String id) {
        return Optional.ofNullable(tokens.get(id));
    }

    @Override
    public List<Token> list() {
        return tokens.values().stream()
                .sorted(Comparator.comparing(Token::createdAt).thenComparing(Token::id))
                .toList();
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return tokens.computeIfPresent(id, (same, token) -> token.revoked(at)) != null;
    }
}
