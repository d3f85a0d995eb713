package io.holdfast.core.exchange;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;

/**
 * Cells that were offered and do not stand, kept in the server's history.
 *
 * @param lost only the cells that lost
 * @param sequence the server's sequence of the record that stands instead
 */
public record Loser(RecordKey key, RecordState lost, long sequence, String replica, long atMillis) {}
