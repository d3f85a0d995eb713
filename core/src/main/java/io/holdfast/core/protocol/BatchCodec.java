package io.holdfast.core.protocol;

import io.holdfast.core.change.Change;
import io.holdfast.core.identity.BatchMark;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Freezes changes into the bytes of a batch, and names those bytes. The hash is SHA-256 over the 64 hexadecimal digits of
 * the hash before it (nothing before the first), the number as 8 bytes big-endian, and the bytes.
 */
public final class BatchCodec {

    private BatchCodec() {}

    /** One change as JSON, UTF-8. */
    public static byte[] encode(Change change) {
        return JsonOut.write(out -> RecordJson.write(out, change));
    }

    /** The bytes of a batch of changes that are already encoded. */
    public static byte[] join(List<byte[]> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                2 + changes.stream().mapToInt(change -> change.length + 1).sum());
        bytes.write('[');
        for (int i = 0; i < changes.size(); i++) {
            if (i > 0) {
                bytes.write(',');
            }
            bytes.writeBytes(changes.get(i));
        }
        bytes.write(']');
        return bytes.toByteArray();
    }

    /** The mark of the batch that follows {@code previous} and has these bytes. */
    public static BatchMark mark(BatchMark previous, byte[] bytes) {
        long number = previous.number() + 1;
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(previous.hash().getBytes(StandardCharsets.US_ASCII));
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            return new BatchMark(number, HexFormat.of().formatHex(sha.digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads the bytes of a batch.
     *
     * @throws io.holdfast.core.error.HoldfastException JSON_MALFORMED
     */
    public static List<Change> decode(byte[] bytes) {
        return JsonIn.read(bytes, in -> in.list(() -> RecordJson.readChange(in)));
    }
}
