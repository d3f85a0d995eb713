package io.holdfast.core.local;

import io.holdfast.core.change.Change;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * @param baseStamps for each written field that the server decides about: the confirmed stamp it started from
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
        SortedMap<String, Stamp> baseStamps,
        long edits,
        Change.Kind kind,
        Optional<Refusal> refusal) {

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
        baseStamps = Collections.unmodifiableSortedMap(new TreeMap<>(baseStamps));
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
        return new Layer(state, batch, order, other, edit, base, baseStamps, edits, kind, refusal);
    }

    /** The same layer with another number of folded edits. */
    Layer withEdits(long number) {
        return new Layer(state, batch, order, group, edit, base, baseStamps, number, kind, refusal);
    }

    /** The same layer frozen into a batch, its stamps in the server's time. */
    Layer frozen(long inBatch, RecordState inServerTime) {
        return new Layer(
                State.IN_FLIGHT, inBatch, order, group, inServerTime, base, baseStamps, edits, kind, Optional.empty());
    }

    /** The same layer waiting to be frozen again, its stamps in the local clock's time. */
    Layer pending(RecordState inLocalTime) {
        return new Layer(State.PENDING, 0, order, group, inLocalTime, base, baseStamps, edits, kind, Optional.empty());
    }

    /** The same layer starting from another confirmed state. */
    Layer rebased(long sequence, SortedMap<String, Stamp> stamps) {
        return new Layer(state, batch, order, group, edit, sequence, stamps, edits, kind, refusal);
    }

    /** The same layer refused, its stamps in the local clock's time. */
    Layer quarantined(RecordState inLocalTime, Refusal why) {
        return new Layer(
                State.QUARANTINED, 0, order, group, inLocalTime, base, baseStamps, edits, kind, Optional.of(why));
    }

    /** The change as it travels. */
    Change change(RecordKey key) {
        return new Change(key, edit, base, baseStamps, group, kind);
    }
}
