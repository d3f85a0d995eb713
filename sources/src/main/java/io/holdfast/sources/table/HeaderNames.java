package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Blanks;
import io.holdfast.sources.sheet.ColumnLetters;
import io.holdfast.sources.sheet.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a sheet's columns: what the header says, on one line and without padding, a repeated name with a number behind it,
 * letters where it says nothing. Each column has one name and each name one column. Immutable.
 */
public final class HeaderNames {

    private static final Pattern NUMBERED = Pattern.compile("(.+) \\(\\d{1,5}\\)");

    private final Map<String, Integer> labelled = new LinkedHashMap<>();
    private final Map<Integer, String> names = new LinkedHashMap<>();

    private HeaderNames() {}

    /** The names that a header's row gives. */
    public static HeaderNames of(Row header) {
        HeaderNames names = new HeaderNames();
        for (int column = 0; column < header.cells().size(); column++) {
            String label = Blanks.collapse(header.cell(column).shown());
            if (!label.isEmpty()) {
                String name = names.free(label);
                names.labelled.put(name, column);
                names.names.put(column, name);
            }
        }
        return names;
    }

    /** Letters, for a sheet without a header. */
    public static HeaderNames letters() {
        return new HeaderNames();
    }

    private String free(String label) {
        String name = label;
        for (int number = 2; labelled.containsKey(name); number++) {
            name = label + " (" + number + ")";
        }
        return name;
    }

    /** The name of a column counted from 0. */
    public String name(int column) {
        String label = names.get(column);
        return label == null ? free(ColumnLetters.of(column)) : label;
    }

    /** The column of that name, counted from 0; empty if none has it. */
    public OptionalInt column(String name) {
        Integer found = labelled.get(name);
        if (found != null) {
            return OptionalInt.of(found);
        }
        Matcher numbered = NUMBERED.matcher(name);
        String letters = numbered.matches() ? numbered.group(1) : name;
        int column = ColumnLetters.column(letters);
        boolean named = column >= 0
                && ColumnLetters.of(column).equals(letters)
                && name(column).equals(name);
        return named ? OptionalInt.of(column) : OptionalInt.empty();
    }

    /** The names that the header gives, from left to right. */
    public List<String> labels() {
        return List.copyOf(labelled.keySet());
    }
}
