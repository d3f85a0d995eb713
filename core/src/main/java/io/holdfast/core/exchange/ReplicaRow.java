package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.identity.BatchMark;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server knows of one replica in one scope.
 *
 * @param principal who registered it; no one else may push under its id
 * @param incarnations the openings it was last seen in, at most {@link Limits#INCARNATIONS_KEPT}, the latest last; one that
 *     is not among them registers again
 * @param last its last applied batch
 * @param results the results of that batch, as the protocol's JSON; empty before the first
 * @param sequence the sequence its last request had seen
 * @param seenAtMillis when it was last heard of, to within {@link #SEEN_EVERY_MILLIS}, milliseconds since 1970
 */
public record ReplicaRow(
        String replica,
        String principal,
        List<Long> incarnations,
        BatchMark last,
        String results,
        long sequence,
        long seenAtMillis) {

    /** Of a replica that has nothing new it is written down as often, in milliseconds, that it was heard of: five minutes. */
    public static final long SEEN_EVERY_MILLIS = 300_000;

    /** Copies. */
    public ReplicaRow {
        incarnations = List.copyOf(incarnations);
    }

    /** The same replica, seen in an opening. */
    ReplicaRow seenIn(long incarnation, long nowMillis) {
        List<Long> seen = new ArrayList<>(incarnations);
        seen.remove(Long.valueOf(incarnation));
        seen.add(incarnation);
        int gone = Math.max(0, seen.size() - Limits.INCARNATIONS_KEPT);
        return new ReplicaRow(replica, principal, seen.subList(gone, seen.size()), last, results, sequence, nowMillis);
    }
}
