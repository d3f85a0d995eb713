package io.holdfast.cli.frame;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;
    private boolean begun;

    /** An empty table under these heads. */
    public TextTable(List<String> heads) {
        this.heads = List.copyOf(heads);
        this.widths = heads.stream().mapToInt(TextTable::width).toArray();
    }

    /** Adds a row; as many cells as heads. */
    public void add(List<String> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException("a row has as many cells as the table has heads");
        }
        List<String> row = cells.stream().map(TextTable::shown).toList();
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], width(row.get(column)));
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
            line.repeat(filling, widths[column] - width(cell));
        }
        out.print(line.toString().stripTrailing());
        out.print('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /** One line of printable characters: a value must not be able to move the cursor of the terminal. */
    private static String shown(String cell) {
        StringBuilder text = new StringBuilder();
        cell.codePoints()
                .limit(CELL_MAX + 1L)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .forEach(text::appendCodePoint);
        if (width(text.toString()) <= CELL_MAX) {
            return text.toString();
        }
        return text.substring(0, text.offsetByCodePoints(0, CELL_MAX - 1)) + "…";
    }
}
