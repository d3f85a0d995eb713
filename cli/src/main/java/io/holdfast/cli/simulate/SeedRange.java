package io.holdfast.cli.simulate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Seeds in a row.
 *
 * @param first 0 or more
 * @param last not below the first
 */
public record SeedRange(long first, long last) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

    /** Checks the order. */
    public SeedRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("the last seed is not below the first");
        }
    }

    /** How many they are. */
    public long count() {
        return last - first + 1;
    }

    /** Reads {@code A..B}, or {@code A} for one seed. */
    public static final class Converter implements ITypeConverter<SeedRange> {

        /** For picocli. */
        public Converter() {}

        @Override
        public SeedRange convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no range of seeds; write 1..1000, or 7 for one seed");
            }
            long first = Long.parseLong(form.group(1));
            long last = form.group(2) == null ? first : Long.parseLong(form.group(2));
            if (last < first) {
                throw new TypeConversionException("the last seed of '" + text + "' is below the first");
            }
            return new SeedRange(first, last);
        }
    }
}
