package io.holdfast.server.auth;

import io.holdfast.core.exchange.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the server keeps of a token: everything but its secret. Immutable.
 *
 * @param id 16 hexadecimal digits; not secret, shown in lists and logs
 * @param secretHash SHA-256 of the secret's 32 bytes, as 64 hexadecimal digits
 * @param principal who the token speaks for; replicas belong to it
 * @param role what it may do
 * @param scopes where it may do so; {@link #EVERY_SCOPE} alone for all
 * @param createdAt when it was made
 * @param expiresAt from when on it is worth nothing; absent for never
 * @param revokedAt since when it is worth nothing; absent while it was not revoked
 */
public record Token(
        String id,
        String secretHash,
        String principal,
        Role role,
        SortedSet<String> scopes,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {

    /** Stands for every scope there is and will be. */
    public static final String EVERY_SCOPE = "*";

    /** Length of an id, in hexadecimal digits. */
    public static final int ID_LENGTH = 16;

    /** Longest name of a principal or a scope, in characters. */
    public static final int NAME_LENGTH_MAX = 128;

    /** Most scopes of one token. */
    public static final int SCOPES_MAX = 100;

    private static final int HASH_LENGTH = 64;

    /** Copies, and checks lengths and numbers. */
    public Token {
        hexadecimal(id, ID_LENGTH);
        hexadecimal(secretHash, HASH_LENGTH);
        name(principal);
        scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
        if (scopes.isEmpty() || scopes.size() > SCOPES_MAX) {
            throw new IllegalArgumentException("a token has 1 to " + SCOPES_MAX + " scopes");
        }
        scopes.forEach(Token::name);
    }

    /** Whether the token opens anything at that moment. */
    public boolean validAt(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /** Whether the token is good for a scope. */
    public boolean covers(String scope) {
        return scopes.contains(EVERY_SCOPE) || scopes.contains(scope);
    }

    /** The same token, revoked; keeps an earlier revocation. */
    public Token revoked(Instant at) {
        return new Token(
                id, secretHash, principal, role, scopes, createdAt, expiresAt, revokedAt.or(() -> Optional.of(at)));
    }

    /** Everything but the hash of the secret. */
    @Override
    public String toString() {
        return "Token[" + id + ", " + principal + ", " + role + ", " + scopes + "]";
    }

    private static void hexadecimal(String text, int length) {
        if (text.length() != length || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("expected " + length + " hexadecimal digits");
        }
    }

    private static void name(String name) {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a principal or scope has 1 to " + NAME_LENGTH_MAX + " characters, and none of them controls");
        }
    }

    /** One scope as the set that a token wants. */
    public static SortedSet<String> scope(String scope) {
        return new TreeSet<>(Set.of(scope));
    }
}
