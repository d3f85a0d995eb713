package io.holdfast.sources.csv;

import io.holdfast.sources.sheet.TextLayout.LineEnd;

/** Walks over the records of a sample and counts their cells; only as exact as guessing needs. Not thread-safe. */
final class LineWalk {

    private final String text;
    private final char delimiter;
    private final char quote;
    private int at;
    private int cells;
    private int begin;
    private int end;
    private LineEnd lineEnd = LineEnd.NONE;

    LineWalk(String text, char delimiter, char quote) {
        this.text = text;
        this.delimiter = delimiter;
        this.quote = quote;
    }

    /** Goes over one record; false when there is none left. */
    boolean next() {
        if (at >= text.length()) {
            return false;
        }
        begin = at;
        cells = 1;
        boolean cellBegins = true;
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            char letter = text.charAt(at);
            if (letter == quote && cellBegins) {
                passQuoted();
            } else {
                at++;
            }
            cellBegins = letter == delimiter;
            cells += cellBegins ? 1 : 0;
        }
        end = at;
        passLineEnd();
        return true;
    }

    private void passQuoted() {
        at++;
        while (at < text.length()) {
            boolean quoted = text.charAt(at) == quote;
            if (quoted && (at + 1 >= text.length() || text.charAt(at + 1) != quote)) {
                at++;
                return;
            }
            at += quoted ? 2 : 1;
        }
        at = text.length();
    }

    private void passLineEnd() {
        lineEnd = LineEnd.NONE;
        if (at < text.length()) {
            boolean cr = text.charAt(at) == '\r';
            boolean crlf = cr && at + 1 < text.length() && text.charAt(at + 1) == '\n';
            lineEnd = crlf ? LineEnd.CRLF : cr ? LineEnd.CR : LineEnd.LF;
            at += crlf ? 2 : 1;
        }
    }

    private static boolean isLineEnd(char letter) {
        return letter == '\r' || letter == '\n';
    }

    int cells() {
        return cells;
    }

    boolean isEmpty() {
        return begin == end;
    }

    /** Whether the record ran into the end of the text rather than of a line. */
    boolean atEnd() {
        return lineEnd == LineEnd.NONE;
    }

    LineEnd lineEnd() {
        return lineEnd;
    }
}
