package io.holdfast.cli.quarantine;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.record.RecordKey;
import io.holdfast.store.Store;
import java.util.List;

/**
 * A change that the server refused; a record has at most one. Immutable.
 *
 * @param key the record, whose text {@code collection/id} names the change
 */
record RefusedChange(RecordKey key, Refusal refusal) {

    /** More than anybody looks through; the rest is told as a number. */
    static final int SHOWN_MAX = 10_000;

    /** All of them, oldest first. */
    static List<RefusedChange> all(Store store) {
        return store.review().quarantined(SHOWN_MAX).stream()
                .map(RefusedChange::of)
                .toList();
    }

    private static RefusedChange of(LocalRecord record) {
        Refusal refusal = record.layer(Layer.State.QUARANTINED)
                .flatMap(Layer::refusal)
                .orElseThrow(() -> new IllegalStateException("a quarantined record has a refusal"));
        return new RefusedChange(record.key(), refusal);
    }

    /**
     * The refused change of that name: {@code collection/id}, or the id alone where only one collection has it.
     *
     * @throws HoldfastException RECORD_UNKNOWN if there is none, USAGE if there are several
     */
    static RefusedChange named(String name, Store store) {
        List<RefusedChange> all = all(store);
        for (RefusedChange one : all) {
            if (one.key.toString().equals(name)) {
                return one;
            }
        }
        List<RefusedChange> sameId =
                all.stream().filter(one -> one.key.id().equals(name)).toList();
        if (sameId.size() > 1) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Several collections have a refused change of " + name + "; write COLLECTION/ID.");
        }
        return sameId.stream()
                .findFirst()
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.RECORD_UNKNOWN,
                        "There is no refused change of " + name + "; see 'holdfast quarantine list'."));
    }
}
