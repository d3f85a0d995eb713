package io.holdfast.core.protocol;

import io.holdfast.core.identity.Cursor;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Locates where two replicas differ.
 *
 * @param nonce hexadecimal digits of a challenge, under which both sides hash their actual rows; empty to compare the
 *     stored digests
 */
public record ReconcileRequest(Sender sender, Cursor cursor, String nonce, Question question) {

    /** One of the two steps. */
    public sealed interface Question {

        /** Which nodes differ? Holds the sender's 64 sums at its cursor. */
        record Nodes(List<DigestSum> sums) implements Question {
            /** Copies. */
            public Nodes {
                sums = List.copyOf(sums);
            }
        }

        /** Which records differ? Holds, for each leaf asked about, the sender's records and their digests. */
        record Leaves(SortedMap<Integer, Map<RecordKey, Digest>> leaves) implements Question {
            /** Copies. */
            public Leaves {
                leaves = new TreeMap<>(leaves);
            }
        }
    }
}
