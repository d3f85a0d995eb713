package io.holdfast.core.local;

import io.holdfast.core.change.Change;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.stamp.Stamp;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One unsettled change of one record, lying above the confirmed state.
 *
 * @param state where the change is
 * @param batch the frozen batch it travels in; 0 unless {@link State#IN_FLIGHT}
 * @param order when it was made, among the changes of this store; grows
 * @param group local transaction it belongs to (the {@code order} of one of its members); 0 for a change of its own
 * @param edit the cells it writes and its deletion. Stamps are in the local clock's time until it is frozen, and in the
 *     server's time while it is in flight
 * @param base sequence of the confirmed record it started from, 0 for none
 * @param seen for each written field, and under {@link #WHOLE} for the record: the latest stamp in the server's time that
 *     the writer had seen; absent for none. The edit will be later than these, and where the server decides, it stands only
 *     on exactly these
 * @param edits how many changes were folded into this one, itself included; at least 1, or 0 for an offer
 * @param kind an edit, or the offer of a confirmed record that the server lost
 * @param refusal why the server refused it; present exactly when {@link State#QUARANTINED}
 */
public record Layer(
        State state,
        long batch,
        long order,
        long group,
        RecordState edit,
        long base,
        SortedMap<String, Stamp> seen,
        long edits,
        Change.Kind kind,
        Optional<Refusal> refusal) {

    /** Stands in {@link #seen} for the record as a whole: what its deletion, or its return, must be later than. */
    static final String WHOLE = "";

    /** Where an unsettled change is. */
    public enum State {
        /** Waits to be frozen. */
        PENDING,
        /** In a frozen batch. */
        IN_FLIGHT,
        /** Refused by the server. */
        QUARANTINED
    }

    /** Copies. */
    public Layer {
        seen = FieldMap.copyOf(seen);
    }

    /** Whether its stamps are in the server's time. */
    public boolean inServerTime() {
        return state == State.IN_FLIGHT || kind == Change.Kind.OFFER;
    }

    /** Whether it is an edit that waits to be frozen: the one that a further edit folds into. */
    public boolean open() {
        return state == State.PENDING && kind == Change.Kind.EDIT;
    }

    /** The same layer in another group. */
    public Layer withGroup(long other) {
        return new Layer(state, batch, order, other, edit, base, seen, edits, kind, refusal);
    }

    /** The same layer with another number of folded edits. */
    Layer withEdits(long number) {
        return new Layer(state, batch, order, group, edit, base, seen, number, kind, refusal);
    }

    /** The same layer frozen into a batch, its stamps in the server's time. */
    Layer frozen(long inBatch, RecordState inServerTime) {
        return new Layer(
                State.IN_FLIGHT, inBatch, order, group, inServerTime, base, seen, edits, kind, Optional.empty());
    }

    /** The same layer waiting to be frozen again, its stamps in the local clock's time. */
    Layer pending(RecordState inLocalTime) {
        return new Layer(State.PENDING, 0, order, group, inLocalTime, base, seen, edits, kind, Optional.empty());
    }

    /** The same layer on a confirmed state that was accepted exactly as its writer saw it. */
    Layer rebased(long sequence) {
        return new Layer(state, batch, order, group, edit, sequence, seen, edits, kind, refusal);
    }

    /**
     * The same layer as if its writer had seen other stamps. It names no base: the writer did not see the record itself, and
     * what the change replaces in it must not pass for known.
     */
    Layer onto(SortedMap<String, Stamp> stamps) {
        return new Layer(state, batch, order, group, edit, 0, stamps, edits, kind, refusal);
    }

    /** The same layer refused, its stamps in the local clock's time. */
    Layer quarantined(RecordState inLocalTime, Refusal why) {
        return new Layer(State.QUARANTINED, 0, order, group, inLocalTime, base, seen, edits, kind, Optional.of(why));
    }

    /**
     * The change as it travels. If the confirmed record has moved on since, it names no base: sequences of another epoch must
     * not be taken for those of this one.
     */
    Change change(CollectionSchema schema, LocalRecord record) {
        FieldMap.Builder<Stamp> decided = new FieldMap.Builder<>(seen.size());
        seen.forEach((name, stamp) -> {
            if (edit.cells().containsKey(name) && schema.mergeRule(name).isDecision()) {
                decided.put(name, stamp);
            }
        });
        return new Change(record.key(), edit, record.sequence() == base ? base : 0, decided.build(), group, kind);
    }
}
