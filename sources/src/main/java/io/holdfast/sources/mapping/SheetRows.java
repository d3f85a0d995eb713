package io.holdfast.sources.mapping;

import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.table.HeaderFinder;
import io.holdfast.sources.table.HeaderNames;
import io.holdfast.sources.table.MergeFill;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The rows of one sheet below its header. Closes the file with itself. */
final class SheetRows implements BoundRows {

    private final String name;
    private final Mapping mapping;
    private final SheetFile file;
    private final String sheet;
    private final Rows rows;
    private final MergeFill fill;
    private final Queue<Row> first = new ArrayDeque<>();
    private final Binding binding;
    private long headerRow;
    private long lastRow;
    private long records;

    private SheetRows(String name, Mapping mapping, SheetFile file, String sheet) {
        this.name = name;
        this.mapping = mapping;
        this.file = file;
        this.sheet = sheet;
        this.fill = new MergeFill(file.merges(sheet));
        this.rows = file.rows(sheet);
        try {
            this.binding = bind();
        } catch (RuntimeException refused) {
            rows.close();
            throw refused;
        }
    }

    /** Begins with a file that is open; it is closed if that fails. */
    static SheetRows open(String name, Mapping mapping, SheetFile file) {
        try {
            return new SheetRows(name, mapping, file, mapping.sheet().orElseGet(file::firstVisible));
        } catch (RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    private Binding bind() {
        return switch (mapping.header()) {
            case HeaderHint.None ignored ->
                Binding.of(mapping, HeaderNames.letters(), "the sheet '" + sheet + "' of " + name);
            case HeaderHint.At at -> bind(rowAt(at.row()));
            case HeaderHint.Found ignored -> bind(found());
        };
    }

    private Binding bind(Row header) {
        headerRow = header.number();
        lastRow = headerRow;
        first.removeIf(row -> row.number() <= headerRow);
        return Binding.of(
                mapping,
                HeaderNames.of(header),
                (headerRow == 0 ? "" : "row " + headerRow + " of ") + "the sheet '" + sheet + "' of " + name);
    }

    private Row rowAt(long number) {
        for (Optional<Row> each = rows.next(); each.isPresent(); each = rows.next()) {
            Row row = filled(each.get());
            if (row.number() == number) {
                return each.get();
            }
            if (row.number() > number) {
                first.add(row);
                break;
            }
        }
        return new Row(number, List.of());
    }

    /** The first row with all columns of the mapping; else the one with most of them, or the one that looks like a header. */
    private Row found() {
        List<Row> looked = new ArrayList<>();
        Row best = new Row(0, List.of());
        long most = 0;
        for (int count = 0;
                count < HeaderFinder.ROWS_LOOKED_AT && most < mapping.fields().size();
                count++) {
            Optional<Row> each = rows.next();
            if (each.isEmpty()) {
                break;
            }
            long matches = Binding.matches(mapping, HeaderNames.of(each.get()));
            if (matches > most) {
                best = each.get();
                most = matches;
            }
            looked.add(each.get());
            first.add(filled(each.get()));
        }
        return most > 0 ? best : HeaderFinder.find(looked).orElse(best);
    }

    @Override
    public Optional<BoundRow> next() {
        for (Optional<Row> each = nextRow(); each.isPresent(); each = nextRow()) {
            Row row = each.get();
            lastRow = row.number();
            if (!row.isBlank()) {
                records++;
                return Optional.of(new BoundRow(0, row, binding));
            }
        }
        return Optional.empty();
    }

    private Optional<Row> nextRow() {
        Row waiting = first.poll();
        return waiting == null ? rows.next().map(this::filled) : Optional.of(waiting);
    }

    /** A blank row stays one, though a merged range reaches into it. */
    private Row filled(Row row) {
        Row whole = fill.filled(row);
        return row.isBlank() ? row : whole;
    }

    @Override
    public long rows() {
        return lastRow - headerRow;
    }

    @Override
    public long blank() {
        return rows() - records;
    }

    @Override
    public String file(int part) {
        return name;
    }

    @Override
    public void close() {
        rows.close();
        file.close();
    }
}
