package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.ColumnLetters;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a sheet's merged ranges without parsing its rows, because they stand behind them and are needed before. Looks for
 * the bytes {@code mergeCell} and a blank, which can stand nowhere else unescaped than in an element's name or in text; what
 * follows must then have the form of a range, and what precedes must open an element or end a prefix. Not thread-safe.
 */
final class MergeScan {

    private static final byte[] NAME = "mergeCell ".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern RANGE =
            Pattern.compile("\\bref\\s*=\\s*[\"']([A-Z]{1,3}\\d{1,7}):([A-Z]{1,3}\\d{1,7})[\"']");
    private static final int ELEMENT_BYTES_MAX = 256;

    private final InputStream part;
    private final SheetFailures failures;
    private final List<CellRange> ranges = new ArrayList<>();
    private final StringBuilder element = new StringBuilder();
    private int matched;
    private byte previous;

    MergeScan(InputStream part, SheetFailures failures) {
        this.part = part;
        this.failures = failures;
    }

    List<CellRange> ranges() {
        byte[] buffer = new byte[1 << 16];
        try (part) {
            for (int count = part.read(buffer); count >= 0; count = part.read(buffer)) {
                for (int at = 0; at < count; at++) {
                    take(buffer[at]);
                }
            }
        } catch (IOException broken) {
            throw failures.damaged("has a sheet that cannot be unpacked");
        }
        return List.copyOf(ranges);
    }

    private void take(byte octet) {
        if (matched == NAME.length) {
            inside((char) octet);
        } else if (octet == NAME[matched] && (matched > 0 || previous == '<' || previous == ':')) {
            matched++;
        } else {
            matched = 0;
        }
        previous = octet;
    }

    private void inside(char letter) {
        element.append(letter);
        if (letter != '>' && element.length() < ELEMENT_BYTES_MAX) {
            return;
        }
        Matcher range = RANGE.matcher(element);
        if (range.find()) {
            add(range.group(1), range.group(2));
        }
        element.setLength(0);
        matched = 0;
    }

    private void add(String first, String last) {
        if (ranges.size() == SheetLimits.MERGES_MAX) {
            throw failures.tooLarge("has more than " + SheetLimits.MERGES_MAX + " merged ranges in a sheet");
        }
        ranges.add(new CellRange(
                ColumnLetters.row(first),
                ColumnLetters.row(last),
                ColumnLetters.column(first),
                ColumnLetters.column(last)));
    }
}
