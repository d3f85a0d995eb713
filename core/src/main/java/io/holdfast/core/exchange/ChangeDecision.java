package io.holdfast.core.exchange;

import io.holdfast.core.change.Change;
import io.holdfast.core.local.RecordView;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordMerge;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one change comes to on the record as it stands. A pure function.
 *
 * @param after the record after the change
 * @param admitted whether every field was taken as it came, so that the device computes the same record
 * @param lost names of the change's fields that do not stand
 * @param deletionLost whether the change deletes, and the record stays
 * @param stood whether any part of the change stands
 * @param losers cells that were offered or overwritten and that no record shows any more
 * @param reviews lost candidates that a person shall see, by field
 */
record ChangeDecision(
        RecordState after,
        boolean admitted,
        List<String> lost,
        boolean deletionLost,
        boolean stood,
        RecordState losers,
        Map<String, Cell> reviews) {

    /** Whether everything stands. */
    boolean whole() {
        return lost.isEmpty() && !deletionLost;
    }

    /**
     * Decides.
     *
     * @param current the record as it stands, {@link RecordState#ABSENT} if there is none
     * @param concurrent whether the record has changed since the state the change started from
     * @param restored whether the server was restored once, so that an offer may bring back later decisions
     */
    static ChangeDecision decide(
            CollectionSchema schema, RecordState current, Change change, boolean concurrent, boolean restored) {
        TreeMap<String, Cell> admitted = new TreeMap<>(change.edit().cells());
        admitted.entrySet()
                .removeIf(cell -> schema.mergeRule(cell.getKey()).isDecision()
                        && !admits(current, change, cell.getKey(), cell.getValue(), restored));
        if (change.kind() == Change.Kind.OFFER) {
            admitted.entrySet().removeIf(cell -> contradicts(cell.getValue(), current.cell(cell.getKey())));
        }
        RecordState edit = new RecordState(admitted, change.edit().deleted());
        RecordState after = RecordView.applied(schema, current, edit);
        boolean all = admitted.size() == change.edit().cells().size();
        return new Outcome(schema, current, change, after, all).decision(concurrent);
    }

    /**
     * Whether two values have one stamp, and so are of one write: that of the offer was damaged, perhaps before it came to the
     * device. What counts or collects is made of many writes under the latest stamp.
     */
    private static boolean contradicts(Cell offered, Optional<Cell> stands) {
        return stands.filter(cell -> cell.stamp().equals(offered.stamp())
                        && !cell.value().equals(offered.value())
                        && !RecordMerge.isLattice(cell.value())
                        && !RecordMerge.isLattice(offered.value()))
                .isPresent();
    }

    /** Whether the server takes a field it decides about: the writer had seen the current value, or it is already so. */
    private static boolean admits(RecordState current, Change change, String field, Cell cell, boolean restored) {
        Stamp stands = current.stamp(field);
        if (stands.equals(cell.stamp())) {
            return true;
        }
        if (change.kind() == Change.Kind.OFFER) {
            return current.absent() || (restored && cell.stamp().compareTo(stands) > 0);
        }
        return stands.equals(change.baseStamps().getOrDefault(field, Stamp.NONE));
    }

    /** Compares what was asked for with what came out. */
    private record Outcome(
            CollectionSchema schema, RecordState current, Change change, RecordState after, boolean admitted) {

        ChangeDecision decision(boolean concurrent) {
            boolean deletes =
                    !change.edit().deleted().isNone() && !change.edit().live();
            boolean hidden = !deletes && !after.live();
            List<String> lost = new ArrayList<>();
            TreeMap<String, Cell> losers = new TreeMap<>();
            TreeMap<String, Cell> reviews = new TreeMap<>();
            for (Map.Entry<String, Cell> entry : change.edit().cells().entrySet()) {
                String field = entry.getKey();
                boolean stands = stands(field, entry.getValue());
                if (hidden || !stands) {
                    lost.add(field);
                    losers.put(field, entry.getValue());
                    if (!stands && schema.mergeRule(field) == MergeRule.REVIEW) {
                        reviews.put(field, entry.getValue());
                    }
                }
                // A tombstone keeps its cells: what is overwritten in it would be nowhere else.
                if (stands && concurrent && overwrites(field)) {
                    losers.put(field, current.cells().get(field));
                }
            }
            boolean deletionLost = deletes && after.live();
            boolean stood = lost.size() < change.edit().cells().size() || (deletes && !deletionLost);
            return new ChangeDecision(
                    after,
                    admitted,
                    List.copyOf(lost),
                    deletionLost,
                    stood,
                    new RecordState(losers, Stamp.NONE),
                    reviews);
        }

        private boolean stands(String field, Cell cell) {
            return switch (schema.mergeRule(field)) {
                case COUNTER, UNION -> true;
                // The same value written twice loses nothing, whoever's stamp stays.
                case MAX, MIN, LAST_WRITE, SERVER, REVIEW -> after.value(field).equals(cell.value());
            };
        }

        private boolean overwrites(String field) {
            Cell old = current.cells().get(field);
            boolean replaces = switch (schema.mergeRule(field)) {
                case LAST_WRITE, SERVER, REVIEW -> true;
                case MAX, MIN, COUNTER, UNION -> false;
            };
            return old != null
                    && replaces
                    && !old.value().isNull()
                    && !old.equals(after.cells().get(field));
        }
    }
}
