package io.holdfast.sources.sheet;

import java.util.List;

/**
 * One row of a sheet, cut after its last cell.
 *
 * @param number as a spreadsheet program shows it, from 1; in text files the record's number, which is not the line's if
 *     quoted cells hold line ends
 */
public record Row(long number, List<Cell> cells) {

    /** Copies the cells. */
    public Row {
        cells = List.copyOf(cells);
    }

    /** The cell of a column counted from 0; blank beyond the row's end. */
    public Cell cell(int column) {
        return column < cells.size() ? cells.get(column) : Cell.Blank.CELL;
    }

    /** Whether nothing stands in the row. */
    public boolean isBlank() {
        return cells.stream().allMatch(Cell::isBlank);
    }

    /** How many cells hold something. */
    public int filled() {
        return (int) cells.stream().filter(cell -> !cell.isBlank()).count();
    }
}
