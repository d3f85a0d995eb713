package io.holdfast.sources.proposal;

import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.Violation;
import io.holdfast.sources.mapping.MappedField;
import io.holdfast.sources.sheet.ColumnLetters;
import io.holdfast.sources.table.Column;
import io.holdfast.sources.table.DateReading;
import io.holdfast.sources.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a proposed mapping is as it is, in sentences. Stateless. */
final class ColumnRemarks {

    private ColumnRemarks() {}

    static List<String> head(String about, Table table) {
        String header = table.headerRow().isPresent()
                ? "the header stands in row " + table.headerRow().getAsLong()
                        + " and is found by the names of its columns"
                : "there is no header, so that columns are named by letters";
        return List.of(
                "Proposed for " + about + ": " + count(table.records()) + " records, of which "
                        + (table.duplicatesExact() ? "" : "at least ") + count(table.duplicates())
                        + " repeat an earlier one;",
                header + ". It works as it is; change what you know better.");
    }

    static List<String> of(Column column, MappedField field, Table table) {
        List<String> remarks = new ArrayList<>();
        String filled =
                column.filled() == table.records() ? "in all records" : "in " + count(column.filled()) + " records";
        remarks.add("Column " + ColumnLetters.of(column.index()) + ", filled " + filled + ".");
        column.dates().ifPresent(dates -> remarks.add(dates(dates)));
        if (field.field().type() == FieldType.Simple.INSTANT) {
            remarks.add(
                    "Days and times are meant in UTC; a line such as zone: Europe/Berlin at the top says otherwise.");
        }
        if (field.field().type() == FieldType.Simple.REAL) {
            remarks.add("Numbers of more than 38 digits, kept as the nearest 64-bit number.");
        }
        if (column.failed() > 0) {
            remarks.add(count(column.failed()) + " formulas failed; their rows are refused until they are corrected.");
        }
        if (column.oddCount() > 0) {
            remarks.add(odd(column, field));
        }
        return remarks;
    }

    private static String dates(DateReading dates) {
        if (dates.serials()) {
            return "Whole numbers that are days, as spreadsheet programs count them from 1900.";
        }
        return dates.ambiguous()
                ? "Days are read as " + dates.order().pattern() + ", though another order fits them all too: check it."
                : "Days are read as " + dates.order().pattern() + ": no other order fits as many.";
    }

    private static String odd(Column column, MappedField field) {
        Column.OddCell first = column.odd().getFirst();
        String such = count(column.oddCount()) + " cells are no " + column.type() + ", such as " + first.where() + ": "
                + Violation.shortened(first.shown());
        boolean kept =
                field.field().type() == FieldType.Simple.TEXT && field.dates().isEmpty() && column.unsaved() == 0;
        return such + (kept ? "; they are kept as they are." : "; their rows are refused until they are corrected.");
    }

    static List<String> left(Table table, List<Column> taken) {
        List<String> left = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!taken.contains(column)) {
                left.add("Left out: " + column.name() + " (column " + ColumnLetters.of(column.index())
                        + "), in which nothing stands.");
            }
        }
        return left;
    }

    static List<String> key(List<String> key, Table table) {
        if (key.isEmpty()) {
            return List.of(
                    "No " + KeyFinder.FIELDS_MAX
                            + " fields or fewer that are always filled tell all records apart, so the whole row is the key:",
                    "a row that changes is a new record. If you know a key, name it here, such as key: [number].");
        }
        return List.of("The smallest set of fields that tells all " + count(table.records() - table.duplicates())
                + " different records apart. If another key is meant, name its fields here.");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
