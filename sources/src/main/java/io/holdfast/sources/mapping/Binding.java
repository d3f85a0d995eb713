package io.holdfast.sources.mapping;

import io.holdfast.core.document.NearestName;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ColumnLetters;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.table.HeaderNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Which column of a sheet each field of a mapping comes from. Immutable. */
final class Binding {

    private static final int NAMES_SHOWN = 20;

    private final int[] columns;

    private Binding(int[] columns) {
        this.columns = columns;
    }

    /** How many of a mapping's columns a header names. */
    static long matches(Mapping mapping, HeaderNames names) {
        return mapping.fields().stream()
                .filter(field -> names.column(field.column()).isPresent())
                .count();
    }

    /**
     * Finds every column.
     *
     * @param where the sheet, and where its header was looked for; for the refusal
     * @throws HoldfastException SOURCE_COLUMN_UNKNOWN, with the columns that are not there and those that are
     */
    static Binding of(Mapping mapping, HeaderNames names, String where) {
        List<String> missing = mapping.fields().stream()
                .map(MappedField::column)
                .filter(column -> names.column(column).isEmpty())
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw refused(missing, names.labels(), where);
        }
        return new Binding(mapping.fields().stream()
                .map(field -> names.column(field.column()))
                .mapToInt(OptionalInt::getAsInt)
                .toArray());
    }

    private static HoldfastException refused(List<String> missing, List<String> there, String where) {
        String first = missing.getFirst();
        String meant = NearestName.of(first, there)
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse("");
        String others = missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more that the mapping names";
        String shown = String.join(", ", there.subList(0, Math.min(NAMES_SHOWN, there.size())));
        String rest = there.size() > NAMES_SHOWN ? " and " + (there.size() - NAMES_SHOWN) + " more" : "";
        return new HoldfastException(
                ErrorCode.SOURCE_COLUMN_UNKNOWN,
                "There is no column '" + first + "'" + meant + others + " in " + where + "; it has "
                        + (there.isEmpty() ? "no header" : shown + rest) + ". Correct the mapping or the sheet.",
                Map.of("column", first));
    }

    /** The cell of the field of that index. */
    Cell cell(Row row, int field) {
        return row.cell(columns[field]);
    }

    /** Where the field of that index stands in a row, such as {@code T7}. */
    String where(Row row, int field) {
        return ColumnLetters.of(columns[field]) + row.number();
    }
}
