package io.holdfast.core.identity;

import io.holdfast.core.value.HmacSha256;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The secret under which the digests of a scope's records are computed: 32 random bytes, made by the server, given to a
 * device when it registers. Never logged: {@link #toString} hides it. Immutable and thread-safe.
 */
public final class ScopeKey {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    /** Made when first asked for; whichever of two threads made it, it is the same. */
    private @Nullable HmacSha256 mac;

    /** Copies, and checks the length. */
    public ScopeKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a scope key has " + LENGTH + " bytes");
        }
        this.bytes = bytes.clone();
    }

    /** Reads 64 hexadecimal digits. */
    public static ScopeKey parse(String hex) {
        return new ScopeKey(HexFormat.of().parseHex(hex));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The keyed hash under this key: each exchange needs it several times, and beginning it costs as much as two digests. */
    public HmacSha256 mac() {
        HmacSha256 begun = mac;
        if (begun == null) {
            begun = new HmacSha256(bytes);
            mac = begun;
        }
        return begun;
    }

    /** 64 hexadecimal digits: the secret itself, for the wire and the store's own file only. */
    public String reveal() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
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
