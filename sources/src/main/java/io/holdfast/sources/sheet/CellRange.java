package io.holdfast.sources.sheet;

/** A rectangle of cells; rows count from 1, columns from 0, both ends belong to it. */
public record CellRange(long firstRow, long lastRow, int firstColumn, int lastColumn) {

    /** Whether it covers the cell. */
    public boolean covers(long row, int column) {
        return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
    }

    /** As a spreadsheet program writes it, such as {@code A1:B2}. */
    @Override
    public String toString() {
        return ColumnLetters.of(firstColumn) + firstRow + ":" + ColumnLetters.of(lastColumn) + lastRow;
    }
}
