package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Blanks;
import io.holdfast.sources.sheet.Cell;
import java.util.Locale;
import java.util.Optional;

/** TRUE and FALSE as text files write them. Stateless. */
public final class Flags {

    private Flags() {}

    /** The flag that a text writes; empty if it writes none. */
    public static Optional<Cell> parse(String text) {
        return switch (Blanks.strip(text).toUpperCase(Locale.ROOT)) {
            case "TRUE" -> Optional.of(new Cell.Flag(true));
            case "FALSE" -> Optional.of(new Cell.Flag(false));
            default -> Optional.empty();
        };
    }
}
