package io.holdfast.core.exchange;

import io.holdfast.core.identity.BatchMark;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the server knows of one replica in one scope.
 *
 * @param principal who registered it; no one else may push under its id
 * @param incarnations openings it was seen in, compared as signed numbers
 * @param last its last applied batch
 * @param results the results of that batch, as the protocol's JSON; empty before the first
 * @param sequence the sequence its last request had seen
 * @param seenAtMillis when it was last heard of, milliseconds since 1970
 */
public record ReplicaRow(
        String replica,
        String principal,
        SortedSet<Long> incarnations,
        BatchMark last,
        String results,
        long sequence,
        long seenAtMillis) {

    /** Copies. */
    public ReplicaRow {
        incarnations = Collections.unmodifiableSortedSet(new TreeSet<>(incarnations));
    }
}
