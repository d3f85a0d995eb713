package io.holdfast.simulation.world;

/**
 * One write to one record, in numbers that mean something under any schema.
 *
 * @param record which record, 0 to the number of records - 1
 * @param action what to do
 * @param field which field first
 * @param fields how many fields, 1 or more
 * @param variant which kind of value, 0 to {@link #VARIANTS} - 1; the highest are those that cause trouble
 */
public record Op(int record, Action action, int field, int fields, int variant) {

    /** How many kinds of value there are. */
    static final int VARIANTS = 32;

    /** From here on the first field is cleared, if it may be. */
    static final int CLEARS = 28;

    /** The first field gets a value that breaks its constraints, by a program that does not look. */
    static final int BREAKS = 30;

    /** The first field gets a text that strict rules refuse. */
    static final int OFFENDS = 31;

    /** Whether it is written by a program that looks at the constraints before. */
    boolean careful() {
        return variant != BREAKS;
    }

    /** What to do. */
    public enum Action {
        PUT,
        DELETE
    }

    @Override
    public String toString() {
        return action == Action.DELETE
                ? "delete r" + record
                : "put r" + record + " fields " + field + "+" + fields + " variant " + variant;
    }
}
