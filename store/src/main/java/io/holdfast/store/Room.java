package io.holdfast.store;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The room that a store takes on its disk, and what may be given up to make room: values that the server has, and what was kept for
 * people and is over. Nothing that was not sent is ever given up, and no proof is weakened: a record whose values are given up
 * keeps its digest, is counted and compared as before, and comes back whole when the server's changes. Thread-safe.
 */
public final class Room {

    /** Older than any time, and far from where numbers end. */
    private static final long AGE_MAX = Long.MAX_VALUE / 4;

    private final StoreParts parts;

    Room(StoreParts parts) {
        this.parts = parts;
    }

    /** Bytes on the disk, the log's included. */
    public long bytes() {
        return parts.storage().bytes();
    }

    /**
     * Gives the values of clean records up, which readers then no longer see here. Only records that a comparison with the server
     * (L0) has proven since they came are touched.
     *
     * @param query which, and in which order
     * @return how many
     */
    public int release(String collection, Query query) {
        parts.requireCollection(collection);
        return parts.storage().write(transaction -> {
            List<StoredRecord> found =
                    parts.storage().find(transaction, collection, query).records();
            return (int) found.stream()
                    .filter(record -> release(transaction, record.key()))
                    .count();
        });
    }

    private static boolean release(LocalTransaction transaction, RecordKey key) {
        LocalRecord record = transaction.record(key);
        Proof proof = transaction.device().proofs().get(Proof.Level.L0);
        boolean proven = proof != null && proof.equal() && record.sequence() <= proof.sequence();
        if (!proven
                || !record.clean()
                || !record.confirmed().live()
                || record.digest().isNone()) {
            return false;
        }
        transaction.save(record, record.release(), RecordState.ABSENT);
        return true;
    }

    /**
     * Forgets what was kept for people, and is over: history that nobody needs to decide, gaps that are closed, entries of the
     * trail.
     *
     * @param olderThan only what is
     * @return how many entries
     */
    public int forget(Duration olderThan) {
        long age = Math.clamp(TimeUnit.MILLISECONDS.convert(olderThan), -AGE_MAX, AGE_MAX);
        long before = parts.clock().millis() - age;
        return parts.storage().write(transaction -> transaction.forget(before));
    }

    /** Gives the room that nothing stands in back to the disk. */
    public void shrink() {
        parts.storage().shrink();
    }
}
