package io.holdfast.client.transport;

import java.util.Objects;

/** A bearer token (RFC 6750). Never shows itself in a log or an exception. Immutable. */
public final class Token {

    private static final int LENGTH_MAX = 4_096;

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /**
     * A token as it was printed when it was made; white space around it is left out.
     *
     * @throws IllegalArgumentException if it cannot be sent in a header; the message does not repeat it
     */
    public static Token of(String text) {
        String stripped = text.strip();
        boolean sendable = stripped.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (stripped.isEmpty() || stripped.length() > LENGTH_MAX || !sendable) {
            throw new IllegalArgumentException(
                    "The token is empty, too long, or has characters that no token has: copy it again.");
        }
        return new Token(stripped);
    }

    /** The text, for the header only. */
    String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token token && token.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** Does not tell the token. */
    @Override
    public String toString() {
        return "Token[…]";
    }
}
