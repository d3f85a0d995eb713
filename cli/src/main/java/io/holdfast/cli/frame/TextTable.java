package io.holdfast.cli.frame;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for people: columns as wide as their widest cell so far, long cells cut. It can be printed in parts, as rows
 * come. Not thread-safe.
 *
 * <p>Widths are counted in code points: a terminal that draws some of them double-wide shows those rows a little out of
 * line, and loses nothing.
 */
public final class TextTable {

    /** Widest cell shown whole, in code points. */
    public static final int CELL_MAX = 60;

    private static final String GAP = "  ";

    private final int cutColumns;
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;
    private boolean begun;

    /** An empty table under these heads. */
    public TextTable(List<String> heads) {
        this(heads, heads.size());
    }

    /** An empty table under these heads, whose last column holds sentences: they are never cut, because they say what to do. */
    public static TextTable ofSentences(List<String> heads) {
        return new TextTable(heads, heads.size() - 1);
    }

    private TextTable(List<String> heads, int cutColumns) {
        this.cutColumns = cutColumns;
        this.heads = List.copyOf(heads);
        this.widths = heads.stream().mapToInt(TextTable::width).toArray();
    }

    /** Adds a row; as many cells as heads. */
    public void add(List<String> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException("a row has as many cells as the table has heads");
        }
        List<String> row = new ArrayList<>(cells.size());
        for (int column = 0; column < cells.size(); column++) {
            row.add(column < cutColumns ? cut(cells.get(column)) : printable(cells.get(column)));
        }
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], Math.min(CELL_MAX, width(row.get(column))));
        }
        rows.add(row);
    }

    /** How many rows wait to be printed. */
    public int size() {
        return rows.size();
    }

    /** Prints the rows added since the last time, under the heads if it is the first; does not flush. */
    public void print(PrintStream out) {
        if (!begun) {
            print(out, heads, ' ');
            print(out, Collections.nCopies(heads.size(), ""), '-');
            begun = true;
        }
        rows.forEach(row -> print(out, row, ' '));
        rows.clear();
    }

    private void print(PrintStream out, List<String> cells, char filling) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(column == 0 ? "" : GAP).append(cell);
            line.repeat(filling, Math.max(0, widths[column] - width(cell)));
        }
        out.print(line.toString().stripTrailing());
        out.print('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /** One line of printable characters: a value must not be able to move the cursor of the terminal. */
    public static String printable(String text) {
        return printable(text.codePoints());
    }

    private static String printable(IntStream points) {
        StringBuilder line = new StringBuilder();
        points.map(point -> Character.isISOControl(point) ? ' ' : point).forEach(line::appendCodePoint);
        return line.toString();
    }

    private static String cut(String cell) {
        String line = printable(cell.codePoints().limit(CELL_MAX + 1L));
        return width(line) <= CELL_MAX ? line : line.substring(0, line.offsetByCodePoints(0, CELL_MAX - 1)) + "…";
    }
}
