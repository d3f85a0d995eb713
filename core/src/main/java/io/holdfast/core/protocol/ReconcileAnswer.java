package io.holdfast.core.protocol;

import io.holdfast.core.identity.Cursor;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The server's answer to a {@link ReconcileRequest}, all from one snapshot, so that a moving head never looks like damage:
 * first the changes up to the snapshot, then what holds there.
 *
 * @param changes since the request's cursor
 * @param cursor the snapshot
 */
public record ReconcileAnswer(long request, long serverMillis, List<RemoteRecord> changes, Cursor cursor, Reply reply) {

    /** Copies. */
    public ReconcileAnswer {
        changes = List.copyOf(changes);
    }

    /** What the server says to the question. */
    public sealed interface Reply {

        /** The sender is too far behind, or its cursor is unknown: it must exchange first. There are no changes either. */
        record Behind() implements Reply {}

        /**
         * The nodes whose sums differ from the sender's.
         *
         * @param leaves by node, its 64 sums
         * @param records live records in the scope
         */
        record Nodes(SortedMap<Integer, List<DigestSum>> leaves, long records) implements Reply {
            /** Copies. */
            public Nodes {
                leaves = new TreeMap<>(leaves);
            }
        }

        /**
         * The records in the leaves that differ.
         *
         * @param records those that the sender lacks or holds differently, tombstones included
         * @param unknown those of the sender's that the server has never seen
         */
        record Leaves(List<RemoteRecord> records, List<RecordKey> unknown) implements Reply {
            /** Copies. */
            public Leaves {
                records = List.copyOf(records);
                unknown = List.copyOf(unknown);
            }
        }
    }
}
