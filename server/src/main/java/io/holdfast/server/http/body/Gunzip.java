package io.holdfast.server.http.body;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip (RFC 1952) strictly: whole members only, each with the right checksum and length, and nothing else after
 * them. The JDK's {@code GZIPInputStream} passes over what follows the first member, and a body that is longer than its
 * sender's is a damaged body.
 *
 * <p>Not thread-safe, for one body.
 */
final class Gunzip {

    private static final int MAGIC = 0x8b1f;
    private static final int HEADER_BYTES = 10;
    private static final int CHUNK = 1 << 14;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xe0;

    private final byte[] bytes;
    private int at;

    Gunzip(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Writes all that is in the body. */
    void inflateTo(OutputStream out) throws IOException {
        do {
            header();
            member(out);
        } while (at < bytes.length);
    }

    private void header() throws IOException {
        require(HEADER_BYTES);
        int flags = bytes[at + 3];
        if (uint16(at) != MAGIC || bytes[at + 2] != 8 || (flags & FLAGS_RESERVED) != 0) {
            throw new IOException("not gzip");
        }
        at += HEADER_BYTES;
        if ((flags & FLAG_EXTRA) != 0) {
            require(2);
            int extra = uint16(at);
            require(2 + extra);
            at += 2 + extra;
        }
        skipText(flags & FLAG_NAME);
        skipText(flags & FLAG_COMMENT);
        if ((flags & FLAG_HEADER_CRC) != 0) {
            require(2);
            at += 2;
        }
    }

    private void skipText(int flag) throws IOException {
        if (flag != 0) {
            do {
                require(1);
            } while (bytes[at++] != 0);
        }
    }

    private void member(OutputStream out) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, at, bytes.length - at);
            CRC32 crc = new CRC32();
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0 && !inflater.finished()) {
                    throw new IOException("the compressed data end early");
                }
                crc.update(chunk, 0, length);
                out.write(chunk, 0, length);
            }
            at += (int) inflater.getBytesRead();
            trailer(crc.getValue(), inflater.getBytesWritten());
        } catch (DataFormatException damaged) {
            throw new IOException("the compressed data are damaged", damaged);
        } finally {
            inflater.end();
        }
    }

    private void trailer(long crc, long length) throws IOException {
        require(8);
        if (uint32(at) != crc || uint32(at + 4) != (length & 0xffff_ffffL)) {
            throw new IOException("the checksum is wrong");
        }
        at += 8;
    }

    private void require(int count) throws IOException {
        if (bytes.length - at < count) {
            throw new IOException("gzip ends early");
        }
    }

    private int uint16(int from) {
        return (bytes[from] & 0xff) | (bytes[from + 1] & 0xff) << 8;
    }

    private long uint32(int from) {
        return uint16(from) | (long) uint16(from + 2) << 16;
    }
}
