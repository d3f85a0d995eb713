package io.holdfast.server.http.body;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses answers. Stateless. */
public final class AnswerEncoder {

    /** Smaller answers are sent as they are: compressing them costs more than it saves. */
    public static final int COMPRESSED_MIN = 1024;

    /** Speed counts more than the last percent: the answer is made for one reader, once. */
    private static final int ZSTD_LEVEL = 1;

    private AnswerEncoder() {}

    /** The coding to use for an answer of that size. */
    public static Encoding choose(String acceptEncoding, int length) {
        return length < COMPRESSED_MIN ? Encoding.IDENTITY : AcceptEncoding.choose(acceptEncoding);
    }

    /** The bytes in that coding. */
    public static byte[] encode(byte[] plain, Encoding encoding) {
        return switch (encoding) {
            case IDENTITY -> plain;
            case ZSTD -> Zstd.compress(plain, ZSTD_LEVEL);
            case GZIP -> gzip(plain);
        };
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream out = new FastGzip(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to write", e);
        }
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 14);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
