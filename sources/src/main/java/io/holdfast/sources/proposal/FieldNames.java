package io.holdfast.sources.proposal;

import io.holdfast.core.Limits;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.sheet.ColumnLetters;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes names for fields and collections out of what people write above columns; each is given once. Not thread-safe. */
final class FieldNames {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern ENDS = Pattern.compile("^_+|_+$");
    private static final int SUFFIX_LENGTH = 6;

    /** {@code id} names the record itself, and the mark of missing records is a field of its own. */
    private final Set<String> taken = new HashSet<>(Set.of("id", Mapping.MISSING_FIELD));

    /** The name for a column. */
    String field(String label, int column) {
        String plain = plain(label);
        String name = plain.isEmpty()
                ? "column_" + ColumnLetters.of(column).toLowerCase(Locale.ROOT)
                : plain.equals("id") ? "source_id" : plain;
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /** A collection's name after a file's or a sheet's. */
    static String collection(String label) {
        String plain = plain(label);
        return plain.isEmpty() ? "records" : plain.startsWith("sqlite_") ? "t_" + plain : plain;
    }

    /** Small letters, digits and single underscores, a letter first; empty if nothing is left of the label. */
    private static String plain(String label) {
        String bare =
                MARKS.matcher(Normalizer.normalize(label, Normalizer.Form.NFKD)).replaceAll("");
        String words = OTHERS.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll("_");
        String name = ENDS.matcher(words).replaceAll("");
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            name = "n_" + name;
        }
        int most = Limits.NAME_LENGTH_MAX - SUFFIX_LENGTH;
        return name.length() > most ? ENDS.matcher(name.substring(0, most)).replaceAll("") : name;
    }
}
