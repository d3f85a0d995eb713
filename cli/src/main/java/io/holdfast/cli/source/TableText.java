package io.holdfast.cli.source;

import io.holdfast.cli.frame.TextTable;
import io.holdfast.sources.sheet.ColumnLetters;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.sheet.TextLayout;
import io.holdfast.sources.table.Column;
import io.holdfast.sources.table.DateReading;
import io.holdfast.sources.table.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was understood of a sheet, for people. */
record TableText(PrintStream out) {

    void print(SheetFile file, Table table) {
        line("Sheet", table.sheet() + " (" + file.format() + ")");
        if (file.sheets().size() > 1) {
            line("Sheets", file.sheets().stream().map(TableText::named).collect(Collectors.joining(", ")));
        }
        file.layout().ifPresent(layout -> line("Written in", described(layout)));
        line(
                "Header",
                table.headerRow().isPresent()
                        ? "row " + table.headerRow().getAsLong()
                        : "none found; columns are named by letters");
        line(
                "Rows",
                table.rows() + ": " + table.records() + " records and " + table.blank() + " blank ("
                        + table.trailingBlank() + " of them at the end)");
        line(
                "Duplicates",
                (table.duplicatesExact() ? "" : "at least ") + table.duplicates() + " records repeat an earlier one");
        if (!table.merges().isEmpty()) {
            line(
                    "Merged",
                    table.merges().size() + " ranges, the first "
                            + table.merges().getFirst());
        }
        out.print('\n');
        TextTable columns = new TextTable(List.of("", "column", "type", "filled", "remarks"));
        table.columns().forEach(column -> columns.add(row(column)));
        columns.print(out);
    }

    private void line(String head, String text) {
        out.print(String.format(
                Locale.ROOT,
                "%-11s %s\n",
                head,
                text.codePoints()
                        .map(point -> Character.isISOControl(point) ? ' ' : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)));
    }

    private static String named(SheetName sheet) {
        return sheet.hidden() ? sheet.name() + " (hidden)" : sheet.name();
    }

    private static String described(TextLayout layout) {
        String delimiter = switch (layout.delimiter()) {
            case '\t' -> "tabs";
            case ';' -> "semicolons";
            case '|' -> "bars";
            default -> "commas";
        };
        return layout.encoding().name() + (layout.byteOrderMark() ? " with byte order mark" : "") + ", divided by "
                + delimiter + ", lines end in " + layout.lineEnd();
    }

    private static List<String> row(Column column) {
        return List.of(
                ColumnLetters.of(column.index()),
                column.name(),
                column.type().name(),
                String.valueOf(column.filled()),
                remarks(column));
    }

    private static String remarks(Column column) {
        StringBuilder remarks =
                new StringBuilder(column.dates().map(TableText::described).orElse(""));
        if (column.failed() > 0) {
            remarks.append(remarks.isEmpty() ? "" : "; ")
                    .append(column.failed())
                    .append(" failed formulas");
        }
        if (column.unsaved() > 0) {
            remarks.append(remarks.isEmpty() ? "" : "; ")
                    .append(column.unsaved())
                    .append(" formulas saved without their value");
        }
        if (column.oddCount() > 0) {
            Column.OddCell first = column.odd().getFirst();
            remarks.append(remarks.isEmpty() ? "" : "; ")
                    .append(column.oddCount())
                    .append(" suspicious, such as ");
            remarks.append(first.where()).append(": ").append(first.shown());
        }
        return remarks.toString();
    }

    private static String described(DateReading dates) {
        if (dates.serials()) {
            return "serial numbers read as dates";
        }
        return dates.ambiguous()
                ? "read as " + dates.order().pattern() + ", though another order fits too"
                : dates.order().pattern();
    }
}
