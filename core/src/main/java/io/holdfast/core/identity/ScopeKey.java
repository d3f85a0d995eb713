package io.holdfast.core.identity;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret under which the digests of a scope's records are computed: 32 random bytes, made by the server, given to a
 * device when it registers. Never logged: {@link #toString} hides it.
 */
public record ScopeKey(byte[] bytes) {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** Copies, and checks the length. */
    public ScopeKey {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a scope key has " + LENGTH + " bytes");
        }
        bytes = bytes.clone();
    }

    /** Reads 64 hexadecimal digits. */
    public static ScopeKey parse(String hex) {
        return new ScopeKey(HexFormat.of().parseHex(hex));
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 hexadecimal digits: the secret itself, for the wire and the store's own file only. */
    public String reveal() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScopeKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "ScopeKey[hidden]";
    }
}
