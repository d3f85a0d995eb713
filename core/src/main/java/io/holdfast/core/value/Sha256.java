package io.holdfast.core.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) over pieces put one after the other. Not thread-safe; of no use after a digest was taken. */
public final class Sha256 {

    /** Never fed: copying it costs a fraction of asking the platform for another. */
    private static final MessageDigest UNUSED = ofPlatform();

    private final MessageDigest digest;

    /** Over nothing yet. */
    public Sha256() {
        digest = copy(UNUSED);
    }

    private static MessageDigest ofPlatform() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A digest that has been fed the same; the one copied stays as it is. */
    static MessageDigest copy(MessageDigest begun) {
        try {
            return (MessageDigest) begun.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }

    /** A digest of the platform that has been fed nothing. */
    static MessageDigest unused() {
        return copy(UNUSED);
    }

    /** Adds the UTF-8 of a text, without its length. */
    public Sha256 text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds 8 bytes, big-endian. */
    public Sha256 number(long number) {
        return bytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** Adds bytes. */
    public Sha256 bytes(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** The 32 bytes. */
    public byte[] digest() {
        return digest.digest();
    }

    /** All of it as 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest());
    }

    /**
     * Its beginning as hexadecimal digits.
     *
     * @param bytes how many bytes of it, 1 to 32; two digits each
     */
    public String hex(int bytes) {
        return HexFormat.of().formatHex(digest(), 0, bytes);
    }
}
