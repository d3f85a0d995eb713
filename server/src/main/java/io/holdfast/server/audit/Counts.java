package io.holdfast.server.audit;

import java.util.Map;

/**
 * How many records of a run met which fate, and how many errors there were.
 *
 * @param fates holds no zeros
 */
public record Counts(Map<Fate, Long> fates, long errors) {

    /** None. */
    public static final Counts NONE = new Counts(Map.of(), 0);

    /** Copies. */
    public Counts {
        fates = Map.copyOf(fates);
    }

    /** How many met that fate. */
    public long of(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** Records that the run has dealt with. What verification finds concerns the same records again, and is not counted. */
    public long records() {
        return fates.entrySet().stream()
                .filter(entry -> !entry.getKey().finding())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
