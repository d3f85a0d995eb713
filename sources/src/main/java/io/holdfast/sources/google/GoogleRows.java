package io.holdfast.sources.google;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.RowBuilder;
import io.holdfast.sources.sheet.Rows;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The rows of one sheet, a page of them at a time. A page whose answer is over the limit is asked for again in halves. */
final class GoogleRows implements Rows {

    /** What of the cells is asked for. */
    static final String FIELDS =
            "sheets(data(startRow,rowData(values(effectiveValue,effectiveFormat(numberFormat(type))))))";

    private static final int PAGE_CELLS = 40_000;
    private static final int PAGE_ROWS_MAX = 2_000;

    private final GoogleSheet spreadsheet;
    private final GoogleSheet.Grid grid;
    private final RowBuilder builder;
    private final Queue<Row> page = new ArrayDeque<>();
    private long next = 1;
    private int pageRows;

    GoogleRows(GoogleSheet spreadsheet, GoogleSheet.Grid grid) {
        this.spreadsheet = spreadsheet;
        this.grid = grid;
        this.builder = new RowBuilder(spreadsheet.failures());
        this.pageRows = Math.clamp(PAGE_CELLS / Math.max(1, grid.columns()), 1, PAGE_ROWS_MAX);
    }

    @Override
    public Optional<Row> next() {
        while (page.isEmpty()) {
            if (next > grid.rows()) {
                spreadsheet.check();
                return Optional.empty();
            }
            fetch();
        }
        return Optional.of(page.remove());
    }

    private void fetch() {
        long to = Math.min(grid.rows(), next + pageRows - 1);
        try {
            read(spreadsheet.page(grid, next, to));
            next = to + 1;
        } catch (HoldfastException tooLarge) {
            if (tooLarge.code() != ErrorCode.BODY_TOO_LARGE) {
                throw tooLarge;
            }
            if (pageRows == 1) {
                throw spreadsheet
                        .failures()
                        .tooLarge("has a row " + next + " that is too large to be read; shorten it");
            }
            pageRows = Math.max(1, pageRows / 2);
        }
    }

    private void read(JsonTree answer) {
        List<JsonTree> data = Members.list(answer, "sheets").stream()
                .flatMap(sheet -> Members.list(sheet, "data").stream())
                .toList();
        for (JsonTree block : data) {
            long number = Members.integer(block, "startRow").orElse((int) next - 1) + 1L;
            for (JsonTree row : Members.list(block, "rowData")) {
                read(row, number++);
            }
        }
    }

    private void read(JsonTree row, long number) {
        int column = 0;
        for (JsonTree value : Members.list(row, "values")) {
            Cell cell = GoogleCells.read(value);
            if (!(cell instanceof Cell.Blank)) {
                builder.put(number, column, cell);
            }
            column++;
        }
        Row read = builder.take(number);
        if (!read.cells().isEmpty()) {
            page.add(read);
        }
    }

    @Override
    public void close() {
        page.clear();
    }
}
