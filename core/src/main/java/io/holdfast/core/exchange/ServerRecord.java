package io.holdfast.core.exchange;

import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;

/**
 * One record as the server holds it: its latest merged state only.
 *
 * @param sequence when it last changed, unique within the scope; 0 while absent
 * @param digest {@link Digest#NONE} for a tombstone
 * @param bucket of the key, 0 to 4095
 */
public record ServerRecord(RecordKey key, RecordState state, long sequence, Digest digest, int bucket) {}
