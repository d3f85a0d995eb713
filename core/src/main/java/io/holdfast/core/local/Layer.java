package io.holdfast.core.local;

import io.holdfast.core.change.Change;
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
}
