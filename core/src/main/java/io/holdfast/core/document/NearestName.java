package io.holdfast.core.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name a misspelt one was probably meant to be: the least Levenshtein distance, if it is small. Stateless. */
public final class NearestName {

    private static final int LENGTH_MAX = 128;

    private NearestName() {}

    /** The known name that is nearest; empty if none is near. */
    public static Optional<String> of(String name, Collection<String> known) {
        if (name.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(lower, candidate) <= tolerance(lower, candidate))
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate)));
    }

    private static int tolerance(String name, String candidate) {
        return Math.max(1, Math.min(name.length(), candidate.length()) / 3);
    }

    private static int distance(String name, String candidate) {
        String other = candidate.toLowerCase(Locale.ROOT);
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= name.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (name.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
