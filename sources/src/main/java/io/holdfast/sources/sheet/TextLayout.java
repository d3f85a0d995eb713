package io.holdfast.sources.sheet;

import java.nio.charset.Charset;

/**
 * How a text file is written.
 *
 * @param byteOrderMark whether it begins with one
 */
public record TextLayout(Charset encoding, boolean byteOrderMark, char delimiter, char quote, LineEnd lineEnd) {

    /** What ends most of the lines. */
    public enum LineEnd {
        /** One line only. */
        NONE,
        /** Old Macintosh. */
        CR,
        /** Unix. */
        LF,
        /** Windows, and RFC 4180. */
        CRLF
    }
}
