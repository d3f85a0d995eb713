package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.Rows;
import java.util.Optional;

/** The records below a header, with values of their columns' types; blank rows are passed over. Not thread-safe. */
public final class TableRecords implements Rows {

    private final Table table;
    private final Rows rows;
    private final MergeFill fill;

    TableRecords(Table table, Rows rows) {
        this.table = table;
        this.rows = rows;
        this.fill = new MergeFill(table.merges());
    }

    @Override
    public Optional<Row> next() {
        for (Optional<Row> each = rows.next(); each.isPresent(); each = rows.next()) {
            Row row = each.get();
            if (row.number() > table.headerRow().orElse(0) && !row.isBlank()) {
                Row filled = fill.filled(row);
                return Optional.of(new Row(
                        row.number(),
                        table.columns().stream()
                                .map(column -> column.read(filled.cell(column.index())))
                                .toList()));
            }
            fill.filled(row);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        rows.close();
    }
}
