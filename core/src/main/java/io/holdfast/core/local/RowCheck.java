package io.holdfast.core.local;

import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What came of comparing every confirmed row of a device with its stored digest (proof level L1).
 *
 * @param records how many were compared
 * @param damaged how many are not what their digests say
 * @param actual sum of the digests that the rows have
 * @param stored sum of the digests that are stored
 */
public record RowCheck(long records, long damaged, DigestSum actual, DigestSum stored) {

    private static final int SCAN_PAGE = 1_000;

    /**
     * One row.
     *
     * @param actual the digest of what it says; of a record whose values were given up there is only the stored one
     */
    record Row(LocalRecord record, Digest actual) {

        static Row of(LocalRecord record, Digester digester) {
            return new Row(
                    record, record.released() ? record.digest() : digester.digest(record.key(), record.confirmed()));
        }

        boolean damaged() {
            return !actual.equals(record.digest());
        }
    }

    /** Compares every row; changes nothing. */
    public static RowCheck of(LocalTransaction transaction, ScopeKey key) {
        return of(transaction, key, rows -> {});
    }

    /** Compares every row, and tells of a page at a time. */
    static RowCheck of(LocalTransaction transaction, ScopeKey key, Consumer<List<Row>> pages) {
        Digester digester = new Digester(key);
        RowCheck check = new RowCheck(0, 0, DigestSum.ZERO, DigestSum.ZERO);
        List<LocalRecord> page = transaction.scan(Optional.empty(), SCAN_PAGE);
        while (!page.isEmpty()) {
            List<Row> rows =
                    page.stream().map(record -> Row.of(record, digester)).toList();
            for (Row row : rows) {
                check = check.with(row);
            }
            pages.accept(rows);
            page = transaction.scan(Optional.of(page.getLast().key()), SCAN_PAGE);
        }
        return check;
    }

    private RowCheck with(Row row) {
        return new RowCheck(
                records + 1,
                damaged + (row.damaged() ? 1 : 0),
                plus(actual, row.actual()),
                plus(stored, row.record().digest()));
    }

    private static DigestSum plus(DigestSum sum, Digest digest) {
        return digest.isNone() ? sum : sum.plus(digest);
    }
}
