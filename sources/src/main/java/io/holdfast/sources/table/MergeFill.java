package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives every cell of a merged range the value of its first, as people read it. Rows must come in order. Only rows that
 * the file has are filled. Not thread-safe.
 */
public final class MergeFill {

    private final List<CellRange> waiting;
    private final List<Open> open = new ArrayList<>();
    private int next;

    /** A range that has begun, and its value. */
    private record Open(CellRange range, Cell value) {}

    /** Fills these ranges. */
    public MergeFill(List<CellRange> merges) {
        waiting = merges.stream()
                .sorted(Comparator.comparingLong(CellRange::firstRow))
                .toList();
    }

    /** A row with what the ranges that cover it show there. */
    public Row filled(Row row) {
        open.removeIf(each -> each.range().lastRow() < row.number());
        while (next < waiting.size() && waiting.get(next).firstRow() <= row.number()) {
            CellRange range = waiting.get(next++);
            Cell value = range.firstRow() == row.number() ? row.cell(range.firstColumn()) : Cell.Blank.CELL;
            if (range.lastRow() >= row.number() && !value.isBlank()) {
                open.add(new Open(range, value));
            }
        }
        if (open.isEmpty()) {
            return row;
        }
        List<Cell> cells = new ArrayList<>(row.cells());
        open.forEach(each -> fill(cells, each));
        return new Row(row.number(), cells);
    }

    private static void fill(List<Cell> cells, Open each) {
        for (int column = each.range().firstColumn(); column <= each.range().lastColumn(); column++) {
            while (cells.size() <= column) {
                cells.add(Cell.Blank.CELL);
            }
            if (cells.get(column).isBlank()) {
                cells.set(column, each.value());
            }
        }
    }
}
