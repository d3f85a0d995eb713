package io.holdfast.core.exchange;

import io.holdfast.core.identity.BatchMark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The chain over a scope's appends: the first 16 bytes of SHA-256 over the chain before (its hexadecimal digits), the new
 * sequence (8 bytes big-endian), the time of the append (milliseconds since 1970, 8 bytes big-endian) and the hash of the
 * batch (its hexadecimal digits). A restored server that is offered a batch again may decide it otherwise: the time tells
 * the two appends apart.
 */
final class Chain {

    private static final int BYTES = 16;

    private Chain() {}

    static String next(String chain, long sequence, long atMillis, BatchMark batch) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(chain.getBytes(StandardCharsets.US_ASCII));
            sha.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(sequence)
                    .putLong(atMillis)
                    .array());
            byte[] hash = sha.digest(batch.hash().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
