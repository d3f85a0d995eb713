package io.holdfast.client.transport;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How bodies are compressed on their way (RFC 9110, section 8.4.1; RFC 8878 for zstd). Stateless. */
final class Coding {

    /** Codings that answers may have. */
    static final String ACCEPTED = "zstd, gzip";

    /** Smaller requests are sent as they are: compressing them costs more than it saves. */
    static final int COMPRESSED_MIN = 1_024;

    /** Speed counts more than the last percent: a batch is sent once. */
    private static final int LEVEL = 1;

    /** Largest window that an answer may ask for: more than the limit of a body buys nothing but memory. */
    private static final int WINDOW_LOG_MAX = 24;

    private static final int CHUNK = 1 << 14;

    private Coding() {}

    static byte[] zstd(byte[] plain) {
        return Zstd.compress(plain, LEVEL);
    }

    /**
     * The plain body of an answer.
     *
     * @param coding the Content-Encoding header; empty for none
     * @throws BoundedBody.TooLargeException if it is larger than allowed
     * @throws IOException if it is not whole
     */
    static byte[] plain(byte[] body, String coding, int bytesMax) throws IOException {
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> {
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), CHUNK)) {
                    yield read(in, body.length, bytesMax);
                }
            }
            case "zstd" -> {
                try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(body))) {
                    in.setLongMax(WINDOW_LOG_MAX);
                    yield read(in, body.length, bytesMax);
                }
            }
            default -> throw new IOException("its coding is unknown here");
        };
    }

    private static byte[] read(InputStream in, int compressedLength, int bytesMax) throws IOException {
        if (compressedLength == 0) {
            throw new IOException("it is empty");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(bytesMax, 4 * compressedLength + CHUNK));
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            if (out.size() + length > bytesMax) {
                throw new BoundedBody.TooLargeException(bytesMax);
            }
            out.write(chunk, 0, length);
        }
        return out.toByteArray();
    }
}
