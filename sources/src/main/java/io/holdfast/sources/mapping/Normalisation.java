package io.holdfast.sources.mapping;

import io.holdfast.sources.sheet.Blanks;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is done to a text before it is checked and kept; in the order in which they stand here. */
public enum Normalisation {
    /** Takes white space away around the text. */
    TRIM("trim"),
    /** Full-width letters and digits become ordinary ones, half-width katakana full ones (NFKC of U+FF00 to U+FFEF, and of U+3000). */
    WIDTH("width"),
    /** Letters become capitals. */
    UPPER("upper"),
    /** Letters become small. */
    LOWER("lower");

    private static final Pattern WIDE = Pattern.compile("[\\uff00-\\uffef\\u3000]+");

    private final String word;

    Normalisation(String word) {
        this.word = word;
    }

    /** As a mapping names it. */
    public String word() {
        return word;
    }

    /** The text after it. Doing it twice is doing it once. */
    public String apply(String text) {
        return switch (this) {
            case TRIM -> Blanks.strip(text);
            case WIDTH ->
                WIDE.matcher(text)
                        .replaceAll(run ->
                                Matcher.quoteReplacement(Normalizer.normalize(run.group(), Normalizer.Form.NFKC)));
            case UPPER -> text.toUpperCase(Locale.ROOT);
            case LOWER -> text.toLowerCase(Locale.ROOT);
        };
    }
}
