package io.holdfast.core.exchange;

import io.holdfast.core.change.Change;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Sha256;
import java.util.function.Function;

/**
 * What {@link DecisionRules} see of one change.
 *
 * @param asker who sent it, from which replica, when
 * @param before the record as it was; absent if there was none
 * @param after the record as the change makes it
 * @param records the touched records as they stand, absent ones included
 */
public record Situation(
        Asker asker, Change change, RecordState before, RecordState after, Function<RecordKey, RecordState> records) {

    private static final int ID_BYTES = 16;

    /**
     * Where a change comes from.
     *
     * @param replica empty if the server itself writes
     * @param nowMillis when the server got it
     * @param restored whether the server was restored once, so that devices may know of decisions that it has lost
     */
    public record Asker(Principal principal, String scope, String replica, long nowMillis, boolean restored) {
        static Asker of(Principal principal, ScopeHead head, String replica, long nowMillis) {
            return new Asker(principal, head.scope(), replica, nowMillis, Epochs.restored(head.epoch()));
        }
    }

    /** A record as it stands now; absent if {@link DecisionRules#touches} did not name it. */
    public RecordState state(RecordKey key) {
        return records.apply(key);
    }

    /**
     * The id of a record that follows from this change: the same whenever this very change is decided, and no other's. Half of
     * SHA-256 over the record's key, the change's newest stamp and a label, joined by NUL.
     *
     * @param label tells several records of one collection apart
     */
    public String derivedId(String label) {
        String text = change.key().collection()
                + '\0'
                + change.key().id()
                + '\0'
                + change.edit().newest()
                + '\0'
                + label;
        return new Sha256().text(text).hex(ID_BYTES);
    }
}
