package io.holdfast.server.auth;

import io.holdfast.core.value.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A token as its owner holds it: {@code hf_}, 16 hexadecimal digits of the id, {@code _}, and 43 characters of unpadded
 * base64url for the 32 random bytes of the secret. The prefix lets scanners of leaked secrets find it.
 *
 * <p>The hash is a plain SHA-256: of 256 random bits there is nothing to guess, so that a slow hash would only slow the
 * server down. Immutable; {@link #toString} hides the secret.
 */
public final class TokenText {

    /** Bytes of a secret. */
    public static final int SECRET_BYTES = 32;

    private static final String PREFIX = "hf_";
    private static final int SECRET_CHARS = 43;
    private static final int SECRET_START = PREFIX.length() + Token.ID_LENGTH + 1;
    private static final int LENGTH = SECRET_START + SECRET_CHARS;

    private final String id;
    private final byte[] secret;

    private TokenText(String id, byte[] secret) {
        this.id = id;
        this.secret = secret;
    }

    /** A new token's text; the generator must be cryptographically strong outside of tests. */
    public static TokenText draw(RandomGenerator random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new TokenText(HexFormat.of().toHexDigits(random.nextLong()), secret);
    }

    /** Reads a token's text; empty if it is anything else. */
    public static Optional<TokenText> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX) || text.charAt(SECRET_START - 1) != '_') {
            return Optional.empty();
        }
        String id = text.substring(PREFIX.length(), SECRET_START - 1);
        if (!id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return Optional.empty();
        }
        try {
            TokenText parsed = new TokenText(id, Base64.getUrlDecoder().decode(text.substring(SECRET_START)));
            // Four texts decode to the same bytes, as the last character has spare bits: only one of them is the token.
            return parsed.reveal().equals(text) ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The part that is no secret. */
    public String id() {
        return id;
    }

    /** SHA-256 of the secret, as hexadecimal digits. */
    public String secretHash() {
        return HexFormat.of().formatHex(hash());
    }

    /** Whether this is the text of that token. Takes the same time wherever the first difference is. */
    public boolean opens(Token token) {
        return id.equals(token.id())
                && MessageDigest.isEqual(hash(), HexFormat.of().parseHex(token.secretHash()));
    }

    /** The whole text, secret included: for its owner only. */
    public String reveal() {
        return PREFIX + id + '_' + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenText that && id.equals(that.id) && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "TokenText[" + id + "]";
    }

    private byte[] hash() {
        return new Sha256().bytes(secret).digest();
    }
}
