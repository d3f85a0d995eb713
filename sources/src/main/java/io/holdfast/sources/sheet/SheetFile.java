package io.holdfast.sources.sheet;

import java.util.List;
import java.util.Optional;

/** A file that holds sheets, open for reading; its rows can be read again and again. Not thread-safe. */
public interface SheetFile extends AutoCloseable {

    /** Of which kind it is. */
    SheetFormat format();

    /** Its sheets in the file's order; never none. Charts and macros are no sheets. */
    List<SheetName> sheets();

    /** The first sheet that is not hidden; the first if all are. */
    default String firstVisible() {
        return sheets().stream()
                .filter(each -> !each.hidden())
                .findFirst()
                .orElse(sheets().getFirst())
                .name();
    }

    /** How a text file is written; empty for workbooks. */
    Optional<TextLayout> layout();

    /**
     * The rows of a sheet, from its first.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_SHEET_UNKNOWN, or as {@link Rows#next}
     */
    Rows rows(String sheet);

    /** The merged ranges of a sheet: only the first cell of each holds something. */
    List<CellRange> merges(String sheet);

    @Override
    void close();
}
