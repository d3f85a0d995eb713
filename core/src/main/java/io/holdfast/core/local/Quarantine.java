package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.stamp.Stamp;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.ToIntFunction;

/**
 * What a person can do about refused changes. The changes of one local transaction were refused together, and are retried
 * or discarded together: half a transaction is never applied. Not thread-safe; lives within one {@link LocalTransaction}.
 */
public final class Quarantine {

    private static final int PAGE = 1_000;

    private final LocalTransaction transaction;
    private final Layers layers;

    /** The quarantine of one transaction. */
    public Quarantine(Schema schema, LocalTransaction transaction) {
        this.transaction = transaction;
        this.layers = new Layers(schema, transaction);
    }

    /**
     * Makes a refused change pending again, with those of its transaction. It stands on what is confirmed now, and whatever
     * it replaces that its writer had not seen goes to the server's history.
     *
     * @return how many changes will be sent again
     * @throws HoldfastException RECORD_UNKNOWN if the record has no refused change
     */
    public int retry(RecordKey key) {
        List<LocalRecord> members = members(key);
        members.forEach(member -> refused(member).forEach(layer -> retry(member.key(), layer)));
        return members.size();
    }

    /**
     * As {@link #retry(RecordKey)}, written down with who decided it.
     *
     * @param person who decides
     */
    public int retry(RecordKey key, String person, long nowMillis) {
        int changes = retry(key);
        transaction
                .trail()
                .add(new AuditEntry(
                        0, nowMillis, person, AuditEntry.Event.CHANGE_RETRIED, key + ", " + changes + " changes"));
        return changes;
    }

    /**
     * Retries what was refused because it lay in the future, once its time has come: nobody has to decide that.
     *
     * @param nowMillis reading of the local clock
     * @param changesMax how many changes to stop at; the transaction that reaches it is retried whole
     */
    void retryDated(long nowMillis, int changesMax) {
        long latest = nowMillis + layers.offset() + Limits.DRIFT_MILLIS_MAX;
        retryEach(ErrorCode.CLOCK_AHEAD, changesMax, key -> {
            LocalRecord now = transaction.record(key);
            boolean due = refused(now).stream().anyMatch(layer -> wasAhead(layer) && bound(now, layer) < latest);
            return due ? retry(key) : 0;
        });
    }

    /** Shows every record that was refused with a code, the oldest change first, until enough changes are retried. */
    private void retryEach(ErrorCode code, int changesMax, ToIntFunction<RecordKey> retry) {
        int retried = 0;
        SortedMap<Long, RecordKey> page = transaction.refused(code, Long.MIN_VALUE, PAGE);
        while (!page.isEmpty()) {
            for (RecordKey key : page.values()) {
                if (retried >= changesMax) {
                    return;
                }
                retried += retry.applyAsInt(key);
            }
            page = transaction.refused(code, page.lastKey(), PAGE);
        }
    }

    /**
     * Retries what was refused because the server's row was damaged, after a comparison of the actual rows: by then a device that
     * held the record has repaired it, or the one here is on its way before the change. Nobody decides anew: the changes stand on
     * what their writer had seen, and what others wrote later stays later.
     *
     * @param damaged records that are damaged there still, or here
     * @param changesMax how many changes to stop at; the transaction that reaches it is sent whole
     */
    void retryRepaired(Set<RecordKey> damaged, int changesMax) {
        retryEach(ErrorCode.RECORD_DAMAGED, changesMax, key -> {
            LocalRecord now = transaction.record(key);
            // One listed here may have been sent with the transaction of another.
            if (damaged.contains(key) || refused(now).stream().noneMatch(Quarantine::metDamage)) {
                return 0;
            }
            List<LocalRecord> members = members(key);
            members.forEach(this::sendAgain);
            return members.size();
        });
    }

    private void sendAgain(LocalRecord member) {
        refused(member).forEach(layer -> layers.repend(transaction.record(member.key()), layer));
    }

    private static boolean metDamage(Layer layer) {
        return layer.refusal()
                .filter(why -> why.code() == ErrorCode.RECORD_DAMAGED)
                .isPresent();
    }

    private static boolean wasAhead(Layer layer) {
        return layer.refusal()
                .filter(why -> why.code() == ErrorCode.CLOCK_AHEAD)
                .isPresent();
    }

    /** What a change must lie above, in milliseconds of the server's time; an offer keeps its stamps. */
    private long bound(LocalRecord record, Layer layer) {
        return layer.kind() == Change.Kind.OFFER
                ? layer.edit().newest().millis()
                : RecordEdits.seen(layers.collection(record), record, layer.edit()).values().stream()
                        .reduce(Stamp.NONE, Stamp::max)
                        .millis();
    }

    private void retry(RecordKey key, Layer refused) {
        LocalRecord record = transaction.record(key);
        Layer rebased = refused.onto(RecordEdits.seen(layers.collection(record), record, refused.edit()));
        LocalRecord next = Layers.replaced(record, refused, rebased);
        layers.save(record, next);
        layers.repend(next, rebased);
    }

    /**
     * Gives a refused change up, with those of its transaction; the confirmed values show again. What is given up goes to
     * history. If something was counted in it, the store goes on under another incarnation, which it registers before its next
     * exchange.
     *
     * @param person who decides
     * @param reason why
     * @return how many changes were given up
     * @throws HoldfastException RECORD_UNKNOWN if the record has no refused change
     */
    public int discard(RecordKey key, String person, String reason, long nowMillis) {
        List<LocalRecord> members = members(key);
        String resolution = "discarded by " + person + ": " + reason;
        members.forEach(
                member -> refused(member).forEach(layer -> discard(member.key(), layer, resolution, nowMillis)));
        transaction
                .trail()
                .add(new AuditEntry(
                        0,
                        nowMillis,
                        person,
                        AuditEntry.Event.CHANGE_DISCARDED,
                        key + ", " + members.size() + " changes: " + reason));
        return members.size();
    }

    private void discard(RecordKey key, Layer refused, String resolution, long nowMillis) {
        LocalRecord record = transaction.record(key);
        LocalRecord after = Layers.without(record, refused);
        layers.count(refused, ChangeState.QUARANTINED, ChangeState.DISCARDED);
        layers.save(record, after);
        transaction.history(new HistoryEntry(
                0,
                HistoryEntry.Kind.DISCARDED,
                key,
                refused.edit(),
                after.confirmed(),
                after.sequence(),
                nowMillis,
                resolution));
        OwnCounts.giveUp(transaction, refused.edit());
    }

    private List<LocalRecord> members(RecordKey key) {
        LocalRecord record = transaction.record(key);
        long group = record.layer(Layer.State.QUARANTINED)
                .map(Layer::group)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.RECORD_UNKNOWN, "There is no refused change of " + key + ": list the quarantine."));
        return group == 0 ? List.of(record) : transaction.quarantinedGroup(group);
    }

    /** Of one record an offer and an edit may both be refused. */
    private static List<Layer> refused(LocalRecord record) {
        return record.layers().stream()
                .filter(layer -> layer.state() == Layer.State.QUARANTINED)
                .toList();
    }
}
