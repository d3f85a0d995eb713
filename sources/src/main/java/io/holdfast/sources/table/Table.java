package io.holdfast.sources.table;

import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.SheetFile;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was understood of a sheet. Immutable; reads any number of times with {@link #records}.
 *
 * @param headerRow the number of the header's row; empty if the sheet has none, then columns are named by letters
 * @param rows what stands below the header, or in the sheet if it has none: blank rows and records
 * @param blank how many of them are blank
 * @param trailingBlank how many of those stand below the last record
 * @param records how many are not
 * @param duplicates how many records repeat an earlier one exactly, padding aside
 * @param duplicatesExact whether there are no more than that
 * @param merges merged ranges; below the header every cell of one has the value of its first
 */
public record Table(
        String sheet,
        OptionalLong headerRow,
        List<Column> columns,
        long rows,
        long blank,
        long trailingBlank,
        long records,
        long duplicates,
        boolean duplicatesExact,
        List<CellRange> merges) {

    /** Copies the lists. */
    public Table {
        columns = List.copyOf(columns);
        merges = List.copyOf(merges);
    }

    /** The records of the sheet, read anew from the file it was understood from, with values of their columns' types. */
    public TableRecords records(SheetFile file) {
        return new TableRecords(this, file.rows(sheet));
    }
}
