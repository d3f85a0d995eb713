package io.holdfast.simulation.world;

/**
 * One write to one record, in numbers that mean something under any schema.
 *
 * @param record which record, 0 to the number of records - 1
 * @param action what to do
 * @param field which field first
 * @param fields how many fields, 1 or more
 * @param variant which kind of value
 */
public record Op(int record, Action action, int field, int fields, int variant) {

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
