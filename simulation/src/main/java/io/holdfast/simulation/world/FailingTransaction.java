package io.holdfast.simulation.world;

import io.holdfast.core.account.Account;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.FrozenBatch;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A transaction on a bad disk: one of its calls fails, and with it the transaction. Not thread-safe. */
final class FailingTransaction implements LocalTransaction {

    private final LocalTransaction disk;
    private final Fault fault;
    private int callsLeft;

    /**
     * A transaction that fails.
     *
     * @param callsLeft how many calls of the kind that fails go well before
     */
    FailingTransaction(LocalTransaction disk, Fault fault, int callsLeft) {
        this.disk = disk;
        this.fault = fault;
        this.callsLeft = callsLeft;
    }

    private LocalTransaction reading() {
        return fault == Fault.DISK_FULL ? disk : next();
    }

    private LocalTransaction writing() {
        return next();
    }

    private LocalTransaction next() {
        if (callsLeft-- == 0) {
            throw failure(fault);
        }
        return disk;
    }

    /** What a storage throws on such a disk. */
    static HoldfastException failure(Fault fault) {
        return fault == Fault.DISK_FULL
                ? new HoldfastException(ErrorCode.STORE_FULL, "The disk is full.")
                : new HoldfastException(ErrorCode.STORE_IO, "The disk refused: " + fault + ".");
    }

    @Override
    public LocalRecord record(RecordKey key) {
        return reading().record(key);
    }

    @Override
    public void save(LocalRecord before, LocalRecord after, RecordState visible) {
        writing().save(before, after, visible);
    }

    @Override
    public void save(LocalRecord before, LocalRecord after) {
        writing().save(before, after);
    }

    @Override
    public List<LocalRecord> recordsOf(List<RecordKey> keys) {
        return reading().recordsOf(keys);
    }

    @Override
    public List<LocalRecord> pending(int limit) {
        return reading().pending(limit);
    }

    @Override
    public List<LocalRecord> pendingGroup(long group) {
        return reading().pendingGroup(group);
    }

    @Override
    public List<LocalRecord> quarantinedGroup(long group) {
        return reading().quarantinedGroup(group);
    }

    @Override
    public void regroup(long from, long to) {
        writing().regroup(from, to);
    }

    @Override
    public List<LocalRecord> inBatch(long batch) {
        return reading().inBatch(batch);
    }

    @Override
    public List<LocalRecord> quarantined(int limit) {
        return reading().quarantined(limit);
    }

    @Override
    public SortedMap<Long, RecordKey> refused(ErrorCode code, long afterOrder, int limit) {
        return reading().refused(code, afterOrder, limit);
    }

    @Override
    public List<LocalRecord> confirmedAbove(long sequence, int limit) {
        return reading().confirmedAbove(sequence, limit);
    }

    @Override
    public long nextOrder() {
        return writing().nextOrder();
    }

    @Override
    public long lastTime() {
        return reading().lastTime();
    }

    @Override
    public void lastTime(long time) {
        writing().lastTime(time);
    }

    @Override
    public DeviceState device() {
        return reading().device();
    }

    @Override
    public void device(DeviceState state) {
        writing().device(state);
    }

    @Override
    public Account account() {
        return reading().account();
    }

    @Override
    public void account(Account account) {
        writing().account(account);
    }

    @Override
    public DigestSum root() {
        return reading().root();
    }

    @Override
    public void root(DigestSum sum) {
        writing().root(sum);
    }

    @Override
    public void freeze(FrozenBatch batch) {
        writing().freeze(batch);
    }

    @Override
    public Optional<FrozenBatch> firstFrozen() {
        return reading().firstFrozen();
    }

    @Override
    public int frozenCount() {
        return reading().frozenCount();
    }

    @Override
    public void unfreeze(long number) {
        writing().unfreeze(number);
    }

    @Override
    public void history(HistoryEntry entry) {
        writing().history(entry);
    }

    @Override
    public List<HistoryEntry> history(long belowId, int limit) {
        return reading().history(belowId, limit);
    }

    @Override
    public void resolve(long historyId, String resolution) {
        writing().resolve(historyId, resolution);
    }

    @Override
    public int forget(long beforeMillis) {
        return writing().forget(beforeMillis);
    }

    @Override
    public Optional<String> setting(String name) {
        return reading().setting(name);
    }

    @Override
    public void setting(String name, String value) {
        writing().setting(name, value);
    }

    @Override
    public void digests(DigestVisitor visitor) {
        reading().digests(visitor);
    }

    @Override
    public List<LocalRecord> scan(Optional<RecordKey> after, int limit) {
        return reading().scan(after, limit);
    }

    @Override
    public List<LocalRecord> changed(Optional<RecordKey> after, int limit) {
        return reading().changed(after, limit);
    }

    @Override
    public Map<RecordKey, Shown> shown(Map<RecordKey, RecordState> expected) {
        return reading().shown(expected);
    }

    @Override
    public SortedMap<RecordKey, RecordState> unknownRows(int limit) {
        return reading().unknownRows(limit);
    }

    @Override
    public Trail trail() {
        return reading().trail();
    }
}
