package io.holdfast.sources.csv;

import io.holdfast.sources.sheet.TextLayout.LineEnd;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds by which character a text's cells are divided: the one that divides the most lines of a sample into the same number
 * of cells, the comma where none does better. Quoted cells count as one.
 */
final class DialectDetector {

    /** How much of the text is looked at, in characters. */
    static final int SAMPLE_CHARS = 1 << 16;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final char QUOTE = '"';

    private DialectDetector() {}

    /** What was found. */
    record Dialect(char delimiter, char quote, LineEnd lineEnd) {}

    /**
     * Looks at a sample.
     *
     * @param whole whether the sample is all of the text; else its last line is cut and not counted
     */
    static Dialect detect(String sample, boolean whole) {
        char best = DELIMITERS[0];
        double bestScore = 0;
        for (char delimiter : DELIMITERS) {
            double score = score(sample, delimiter, whole);
            if (score > bestScore) {
                best = delimiter;
                bestScore = score;
            }
        }
        return new Dialect(best, QUOTE, lineEnd(sample));
    }

    /** The share of lines with the usual number of cells, a little better the more cells there are; 0 for one cell. */
    private static double score(String sample, char delimiter, boolean whole) {
        Map<Integer, Integer> lines = new HashMap<>();
        LineWalk walk = new LineWalk(sample, delimiter, QUOTE);
        int total = 0;
        while (walk.next()) {
            if ((whole || !walk.atEnd()) && !walk.isEmpty()) {
                lines.merge(walk.cells(), 1, Integer::sum);
                total++;
            }
        }
        double best = 0;
        for (Map.Entry<Integer, Integer> usual : lines.entrySet()) {
            double share = usual.getKey() < 2 ? 0 : (double) usual.getValue() / total;
            best = Math.max(best, share * (2 - 1.0 / usual.getKey()));
        }
        return best;
    }

    private static LineEnd lineEnd(String sample) {
        LineWalk walk = new LineWalk(sample, DELIMITERS[0], QUOTE);
        Map<LineEnd, Integer> ends = new HashMap<>();
        while (walk.next()) {
            ends.merge(walk.lineEnd(), 1, Integer::sum);
        }
        ends.remove(LineEnd.NONE);
        return ends.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(LineEnd.NONE);
    }
}
