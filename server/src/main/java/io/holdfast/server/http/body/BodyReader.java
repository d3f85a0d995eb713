package io.holdfast.server.http.body;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads a request's body whole, plain, and never larger than {@link Limits#BODY_BYTES_MAX}. Stateless. */
public final class BodyReader {

    /** Largest window a zstd frame may ask for: more than the body's limit buys nothing but memory. */
    private static final int ZSTD_WINDOW_LOG_MAX = 24;

    private static final int CHUNK = 1 << 14;

    private BodyReader() {}

    /**
     * The plain body.
     *
     * @param in the body as it comes
     * @param declaredLength by Content-Length; negative if unknown
     * @param memory what the bytes are charged to
     * @throws HoldfastException BODY_TOO_LARGE, ENCODING_INVALID, REQUEST_INVALID if it ends early, UNAVAILABLE
     */
    public static byte[] read(InputStream in, long declaredLength, Encoding encoding, BodyMemory.Lease memory) {
        if (declaredLength > Limits.BODY_BYTES_MAX) {
            throw tooLarge();
        }
        byte[] sent = receive(in, memory);
        return switch (encoding) {
            case IDENTITY -> sent;
            case GZIP -> decode(out -> new Gunzip(sent).inflateTo(out), encoding, memory);
            case ZSTD -> decode(out -> unzstd(sent, out), encoding, memory);
        };
    }

    private interface Decoding {
        void to(BoundedBytes out) throws IOException;
    }

    private static byte[] receive(InputStream in, BodyMemory.Lease memory) {
        BoundedBytes bytes = new BoundedBytes(memory);
        try {
            copy(in, bytes);
        } catch (IOException cut) {
            throw new HoldfastException(
                    ErrorCode.REQUEST_INVALID, "The body ended before its announced end; send it again.", cut);
        }
        return bytes.toByteArray();
    }

    private static byte[] decode(Decoding decoding, Encoding encoding, BodyMemory.Lease memory) {
        BoundedBytes plain = new BoundedBytes(memory);
        try {
            decoding.to(plain);
        } catch (IOException damaged) {
            throw new HoldfastException(
                    ErrorCode.ENCODING_INVALID,
                    "The body is not whole " + encoding.token() + "; compress it again and send it again.",
                    Map.of("encoding", encoding.token(), "reason", String.valueOf(damaged.getMessage())));
        }
        return plain.toByteArray();
    }

    private static void unzstd(byte[] sent, BoundedBytes out) throws IOException {
        if (sent.length == 0) {
            throw new IOException("no frame");
        }
        try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(sent))) {
            in.setLongMax(ZSTD_WINDOW_LOG_MAX);
            copy(in, out);
        }
    }

    private static void copy(InputStream in, BoundedBytes out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            out.write(chunk, 0, length);
        }
    }

    static HoldfastException tooLarge() {
        return new HoldfastException(
                ErrorCode.BODY_TOO_LARGE,
                "The body is larger than " + Limits.BODY_BYTES_MAX + " bytes; send less at once.");
    }
}
