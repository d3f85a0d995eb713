package io.holdfast.core.value;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of many short messages under one key: the blocks that depend on the key alone are hashed
 * once, and their states copied for each message, as section 4 of the RFC proposes. Immutable and thread-safe.
 */
public final class HmacSha256 {

    /** Longest key, in bytes: one block. Longer ones would have to be hashed before. */
    public static final int KEY_MAX = 64;

    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    /** Under a key of at most {@link #KEY_MAX} bytes. */
    public HmacSha256(byte[] key) {
        if (key.length > KEY_MAX) {
            throw new IllegalArgumentException("a key has at most " + KEY_MAX + " bytes");
        }
        inner = begun(key, INNER);
        outer = begun(key, OUTER);
    }

    private static MessageDigest begun(byte[] key, byte pad) {
        byte[] block = Arrays.copyOf(key, KEY_MAX);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= pad;
        }
        MessageDigest digest = Sha256.unused();
        digest.update(block);
        return digest;
    }

    /**
     * The 32 bytes that belong to a message.
     *
     * @param message its bytes begin at the array's beginning
     * @param length how many they are
     */
    public byte[] of(byte[] message, int length) {
        MessageDigest first = Sha256.copy(inner);
        first.update(message, 0, length);
        MessageDigest second = Sha256.copy(outer);
        second.update(first.digest());
        return second.digest();
    }
}
