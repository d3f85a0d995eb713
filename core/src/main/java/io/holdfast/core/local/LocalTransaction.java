package io.holdfast.core.local;

import io.holdfast.core.account.Account;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** One transaction of a {@link LocalStorage}: it reads its own writes. Not thread-safe; of no use after the body returned. */
public interface LocalTransaction {

    /** The record as this device holds it; {@link LocalRecord#absent} if it holds nothing. */
    LocalRecord record(RecordKey key);

    /**
     * Stores what differs between two states of one record, its visible row and its indexes included.
     *
     * @param before as {@link #record} returned it in this transaction
     * @param after the state to store
     * @param visible what a reader of the store shall see: {@code after.confirmed()} under its layers
     */
    void save(LocalRecord before, LocalRecord after, RecordState visible);

    /**
     * As {@link #save(LocalRecord, LocalRecord, RecordState)}, for a record whose readers see the same values as before: its
     * visible row and its indexes are left alone.
     */
    void save(LocalRecord before, LocalRecord after);

    /** Several records at once, in the order of the keys. */
    default List<LocalRecord> recordsOf(List<RecordKey> keys) {
        return keys.stream().map(this::record).toList();
    }

    /**
     * Records that have a PENDING layer, offer or edit, each once, the oldest {@link Layer#order} of such layers first. A
     * record may have both: an offer below, whose order is negative, and an edit.
     */
    List<LocalRecord> pending(int limit);

    /** Records that have a PENDING layer of this group, oldest first. */
    List<LocalRecord> pendingGroup(long group);

    /** Records that have a QUARANTINED layer of this group, oldest first. */
    List<LocalRecord> quarantinedGroup(long group);

    /** Gives every PENDING layer of one group to another group. */
    void regroup(long from, long to);

    /** Records with a layer in a batch, oldest first. */
    List<LocalRecord> inBatch(long batch);

    /** Records that have a QUARANTINED layer, offer or edit, each once, oldest first. */
    List<LocalRecord> quarantined(int limit);

    /**
     * What was refused with one code: the records of QUARANTINED layers by {@link Layer#order}, the lowest first.
     *
     * @param afterOrder only orders above this; {@link Long#MIN_VALUE} to begin
     */
    SortedMap<Long, RecordKey> refused(ErrorCode code, long afterOrder, int limit);

    /** Records confirmed above a sequence. */
    List<LocalRecord> confirmedAbove(long sequence, int limit);

    /** The next {@link Layer#order}: greater than any given before, by this or an earlier opening. */
    long nextOrder();

    /** The last hybrid time given to a stamp, in the local clock's time. */
    long lastTime();

    /** Replaces {@link #lastTime}. */
    void lastTime(long time);

    /** Who this device is and how far it is. */
    DeviceState device();

    /** Replaces {@link #device}. */
    void device(DeviceState state);

    /** The account of all changes. */
    Account account();

    /** Replaces {@link #account}. */
    void account(Account account);

    /** The sum of the digests of all confirmed records. */
    DigestSum root();

    /** Replaces {@link #root}. */
    void root(DigestSum sum);

    /** Stores a frozen batch. */
    void freeze(FrozenBatch batch);

    /** The frozen batch with the lowest number. */
    Optional<FrozenBatch> firstFrozen();

    /** The number of frozen batches. */
    int frozenCount();

    /** Removes a frozen batch. */
    void unfreeze(long number);

    /** Appends to the history of conflicts and losers; {@link HistoryEntry#id} is given by the storage. */
    void history(HistoryEntry entry);

    /** History, newest first, below an id ({@link Long#MAX_VALUE} to begin). */
    List<HistoryEntry> history(long belowId, int limit);

    /** Writes down how an entry was resolved. */
    void resolve(long historyId, String resolution);

    /**
     * Forgets what was kept for people, and is over: history that nobody needs to decide, gaps that are closed, entries of the
     * trail.
     *
     * @param beforeMillis only what is older than this, milliseconds since 1970 of the local clock
     * @return how many entries
     */
    int forget(long beforeMillis);

    /** A named setting that lives with the store, such as the server's address. */
    Optional<String> setting(String name);

    /** Replaces a setting; an empty text removes it. */
    void setting(String name, String value);

    /** Visits the stored digest of every live confirmed record, in no order. */
    void digests(DigestVisitor visitor);

    /**
     * Visits confirmed records in whole, rows re-read from the tables, in the order of collection and id, after a key; also those
     * whose values were {@linkplain LocalRecord#released given up}.
     */
    List<LocalRecord> scan(Optional<RecordKey> after, int limit);

    /** Records on which a change or an offer lies that is not settled, in the order of collection and id, after a key. */
    List<LocalRecord> changed(Optional<RecordKey> after, int limit);

    /** What a row shows its readers, beside what it should. */
    enum Shown {
        /** The same. */
        SAME,
        /** Something else. */
        OTHER,
        /** There is no row. */
        NOTHING
    }

    /**
     * Compares the rows that readers see, as they are now, with what they should show. A row that should not be there shows
     * {@link Shown#OTHER} if it is.
     */
    Map<RecordKey, Shown> shown(Map<RecordKey, RecordState> expected);

    /**
     * Rows that readers see, though there is neither a confirmed record nor a change to show: another program made them.
     *
     * @param limit most rows, from the first in the order of collection and id
     * @return what they hold, without stamps
     */
    SortedMap<RecordKey, RecordState> unknownRows(int limit);

    /** Gaps and audit entries of this store. */
    Trail trail();

    /** Receives stored digests. */
    @FunctionalInterface
    interface DigestVisitor {
        /** One live confirmed record. */
        void visit(RecordKey key, int bucket, Digest digest);
    }
}
