package io.holdfast.core.local;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import java.util.List;

/**
 * What a person can do about refused changes. The changes of one local transaction were refused together, and are retried
 * or discarded together: half a transaction is never applied. Not thread-safe; lives within one {@link LocalTransaction}.
 */
public final class Quarantine {

    private final LocalTransaction transaction;
    private final Layers layers;

    /** The quarantine of one transaction. */
    public Quarantine(Schema schema, LocalTransaction transaction) {
        this.transaction = transaction;
        this.layers = new Layers(schema, transaction);
    }

    /**
     * Makes a refused change pending again, with those of its transaction. It now starts from what is confirmed now.
     *
     * @return how many changes will be sent again
     * @throws HoldfastException RECORD_UNKNOWN if the record has no refused change
     */
    public int retry(RecordKey key) {
        List<LocalRecord> members = members(key);
        for (LocalRecord record : members) {
            Layer refused = refused(record);
            LocalRecord rebased = Layers.replaced(
                    record,
                    refused,
                    refused.rebased(
                            record.sequence(),
                            RecordEdits.baseStamps(layers.collection(record), record, refused.edit())));
            layers.save(record, rebased);
            layers.repend(rebased, refused(rebased));
        }
        return members.size();
    }

    /**
     * Gives a refused change up, with those of its transaction; the confirmed values show again. What is given up goes to
     * history.
     *
     * @param person who decides
     * @param reason why
     * @return how many changes were given up
     * @throws HoldfastException RECORD_UNKNOWN if the record has no refused change
     */
    public int discard(RecordKey key, String person, String reason, long nowMillis) {
        List<LocalRecord> members = members(key);
        for (LocalRecord record : members) {
            Layer refused = refused(record);
            LocalRecord after = Layers.without(record, refused);
            layers.count(refused, ChangeState.QUARANTINED, ChangeState.DISCARDED);
            layers.save(record, after);
            RecordState lost = refused.edit();
            transaction.history(new HistoryEntry(
                    0,
                    HistoryEntry.Kind.DISCARDED,
                    record.key(),
                    lost,
                    after.confirmed(),
                    after.sequence(),
                    nowMillis,
                    "discarded by " + person + ": " + reason));
        }
        return members.size();
    }

    private List<LocalRecord> members(RecordKey key) {
        LocalRecord record = transaction.record(key);
        long group = record.layer(Layer.State.QUARANTINED)
                .map(Layer::group)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.RECORD_UNKNOWN, "There is no refused change of " + key + ": list the quarantine."));
        return group == 0 ? List.of(record) : transaction.quarantinedGroup(group);
    }

    private static Layer refused(LocalRecord record) {
        return record.layer(Layer.State.QUARANTINED)
                .orElseThrow(() -> new IllegalStateException("a quarantined record has a refused layer"));
    }
}
