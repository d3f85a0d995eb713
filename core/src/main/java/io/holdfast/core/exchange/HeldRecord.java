package io.holdfast.core.exchange;

import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;

/**
 * One record as the tables hold it now, whoever wrote them, for whoever checks them.
 *
 * @param sequence the stored one; 0 if nothing is stored about the row
 * @param stored the stored digest; {@link Digest#NONE} for a row that someone else has put there
 * @param bucket the stored one; 0 if nothing is stored about the row
 * @param actual what the row says; {@link RecordState#ABSENT} if it is gone
 * @param foreign whether another program wrote the row and no append has taken that in: {@code actual} is then the record as it
 *     was before
 */
public record HeldRecord(RecordKey key, long sequence, Digest stored, int bucket, RecordState actual, boolean foreign) {

    /** One that no other program has written. */
    public HeldRecord(RecordKey key, long sequence, Digest stored, int bucket, RecordState actual) {
        this(key, sequence, stored, bucket, actual, false);
    }
}
