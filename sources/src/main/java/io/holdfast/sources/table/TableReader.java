package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Blanks;
import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Understands a sheet in one pass over its rows, in memory that does not grow with them but for the digests. */
public final class TableReader {

    private final String sheet;
    private final List<CellRange> merges;
    private final MergeFill fill;
    private final List<ColumnTally> tallies = new ArrayList<>();
    private final RowDigests digests = new RowDigests();
    private Optional<Row> header = Optional.empty();
    private long records;
    private long lastRecord;
    private long lastRow;

    private TableReader(String sheet, List<CellRange> merges) {
        this.sheet = sheet;
        this.merges = merges;
        this.fill = new MergeFill(merges);
    }

    /**
     * Understands a sheet.
     *
     * @throws io.holdfast.core.error.HoldfastException as {@link Rows#next}
     */
    public static Table read(SheetFile file, String sheet) {
        TableReader reader = new TableReader(sheet, file.merges(sheet));
        try (Rows rows = file.rows(sheet)) {
            reader.readAll(rows);
        }
        return reader.table();
    }

    private void readAll(Rows rows) {
        List<Row> first = new ArrayList<>();
        Optional<Row> each = rows.next();
        while (each.isPresent() && first.size() < HeaderFinder.ROWS_LOOKED_AT) {
            first.add(each.get());
            each = rows.next();
        }
        header = HeaderFinder.find(first);
        first.forEach(this::take);
        while (each.isPresent()) {
            take(each.get());
            each = rows.next();
        }
    }

    private void take(Row row) {
        lastRow = row.number();
        Row filled = fill.filled(row);
        if (row.number() <= headerRow() || row.isBlank()) {
            return;
        }
        records++;
        lastRecord = row.number();
        digests.take(filled);
        for (int column = 0; column < filled.cells().size(); column++) {
            tally(column).take(row.number(), filled.cell(column));
        }
    }

    private ColumnTally tally(int column) {
        while (tallies.size() <= column) {
            tallies.add(new ColumnTally(tallies.size()));
        }
        return tallies.get(column);
    }

    private long headerRow() {
        return header.map(Row::number).orElse(0L);
    }

    private Table table() {
        long rows = Math.max(0, lastRow - headerRow());
        long trailing = lastRow - Math.max(lastRecord, Math.min(headerRow(), lastRow));
        return new Table(
                sheet,
                header.map(row -> OptionalLong.of(row.number())).orElse(OptionalLong.empty()),
                columns(),
                rows,
                rows - records,
                trailing,
                records,
                digests.repeats(),
                digests.isExact(),
                merges);
    }

    /** Columns with a name or with anything in them. */
    private List<Column> columns() {
        int width =
                Math.max(tallies.size(), header.map(row -> row.cells().size()).orElse(0));
        HeaderNames names = header.map(HeaderNames::of).orElseGet(HeaderNames::letters);
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < width; index++) {
            String label = header.orElse(new Row(0, List.of())).cell(index).shown();
            ColumnTally tally = tally(index);
            if (!Blanks.strip(label).isEmpty() || tally.filled() > 0) {
                columns.add(tally.column(names.name(index), label));
            }
        }
        return columns;
    }
}
