package io.holdfast.cli.records;

import io.holdfast.core.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads lines as they arrive: a call returns all the lines that are complete by then, so that a file is read in large
 * portions and a slow pipe line by line. Blank lines are counted and left out. Not thread-safe.
 */
final class LineReader {

    /** Longest line in bytes: more than a record of the largest size, whatever its escapes. */
    static final int LINE_BYTES_MAX = Limits.BODY_BYTES_MAX;

    private static final int PORTION_BYTES = 1 << 18;

    private final InputStream in;
    private final byte[] portion = new byte[PORTION_BYTES];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean tooLong;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next lines, at least one; none at the end. */
    List<Line> next() throws IOException {
        List<Line> lines = new ArrayList<>();
        while (lines.isEmpty()) {
            int length = in.read(portion);
            if (length < 0) {
                if (begun.size() > 0 || tooLong) {
                    end(lines);
                }
                return lines;
            }
            split(length, lines);
        }
        return lines;
    }

    private void split(int length, List<Line> lines) {
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (portion[at] == '\n') {
                append(start, at);
                end(lines);
                start = at + 1;
            }
        }
        append(start, length);
    }

    private void append(int from, int to) {
        tooLong |= begun.size() + to - from > LINE_BYTES_MAX;
        if (tooLong) {
            begun.reset();
        } else {
            begun.write(portion, from, to - from);
        }
    }

    private void end(List<Line> lines) {
        number++;
        byte[] utf8 = begun.toByteArray();
        if (tooLong) {
            lines.add(new Line.TooLong(number));
        } else if (!blank(utf8)) {
            lines.add(new Line.Content(number, utf8));
        }
        begun.reset();
        tooLong = false;
    }

    private static boolean blank(byte[] utf8) {
        for (byte one : utf8) {
            if (one != ' ' && one != '\t' && one != '\r') {
                return false;
            }
        }
        return true;
    }
}
