package io.holdfast.core.local;

import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import java.util.List;
import java.util.Optional;

/**
 * What came of comparing every confirmed row of a device with its stored digest (proof level L1).
 *
 * @param records how many were compared
 * @param damaged how many are not what their digests say
 * @param sum of the digests that the rows have now
 */
public record RowCheck(long records, long damaged, DigestSum sum) {

    private static final int SCAN_PAGE = 1_000;

    /** Hears of a row that is not what its digest says. */
    @FunctionalInterface
    public interface Listener {
        /** The record as it stands, and the digest of its row. */
        void damaged(LocalRecord record, Digest actual);
    }

    /** Compares every row; changes nothing itself, but the listener may. */
    public static RowCheck of(LocalTransaction transaction, ScopeKey key, Listener listener) {
        Digester digester = new Digester(key);
        DigestSum sum = DigestSum.ZERO;
        long records = 0;
        long damaged = 0;
        List<LocalRecord> page = transaction.scan(Optional.empty(), SCAN_PAGE);
        while (!page.isEmpty()) {
            for (LocalRecord record : page) {
                Digest actual = digester.digest(record.key(), record.confirmed());
                sum = actual.isNone() ? sum : sum.plus(actual);
                records++;
                if (!actual.equals(record.digest())) {
                    damaged++;
                    listener.damaged(record, actual);
                }
            }
            page = transaction.scan(Optional.of(page.getLast().key()), SCAN_PAGE);
        }
        return new RowCheck(records, damaged, sum);
    }
}
