package io.holdfast.sources.sheet;

import java.util.ArrayList;
import java.util.List;

/** Puts a row together cell by cell, and keeps it within the limits. Not thread-safe. */
public final class RowBuilder {

    private final SheetFailures failures;
    private final List<Cell> cells = new ArrayList<>();
    private long rows;

    /** Refuses in the name of a file. */
    public RowBuilder(SheetFailures failures) {
        this.failures = failures;
    }

    /**
     * Puts a cell where it stands.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_TOO_LARGE for a column or length beyond the limits
     */
    public void put(long row, int column, Cell cell) {
        if (column < 0 || column >= SheetLimits.COLUMNS_MAX) {
            throw failures.tooLarge("has more than " + SheetLimits.COLUMNS_MAX + " columns in row " + row
                    + "; split it into several sheets");
        }
        if (cell instanceof Cell.Text text && text.text().length() > SheetLimits.CELL_LENGTH_MAX) {
            throw failures.tooLarge("has a cell of more than " + SheetLimits.CELL_LENGTH_MAX + " characters at "
                    + ColumnLetters.of(column) + row + "; shorten it");
        }
        while (cells.size() <= column) {
            cells.add(Cell.Blank.CELL);
        }
        cells.set(column, cell);
    }

    /**
     * Ends the row and begins the next.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_TOO_LARGE for more rows than the limit
     */
    public Row take(long number) {
        rows++;
        if (rows > SheetLimits.ROWS_MAX || number > SheetLimits.ROWS_MAX) {
            throw failures.tooLarge("has more than " + SheetLimits.ROWS_MAX + " rows; split it into several files");
        }
        Row row = new Row(number, cells);
        cells.clear();
        return row;
    }
}
