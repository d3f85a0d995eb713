package io.holdfast.core.engine;

import io.holdfast.core.local.Absorbed;
import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an answer came to, once the store has it. */
public sealed interface Outcome {

    /** The replica is registered. */
    record Registered() implements Outcome {}

    /** An exchange was applied. */
    record Applied(Absorbed absorbed) implements Outcome {}

    /** The store was recognised as restored or cloned, and has a new id. */
    record Forked(String replica) implements Outcome {}

    /** The server was recognised as restored; what it lost is offered again. */
    record EpochChanged(String epoch, long forkedAt) implements Outcome {}

    /** The batch that was to be withdrawn had been applied, or this store is a copy: sending it once more will tell. */
    record NotWithdrawn() implements Outcome {}

    /** The replica must register first. */
    record Unregistered() implements Outcome {}

    /** The store is too far behind to compare: it must exchange first. */
    record Behind() implements Outcome {}

    /**
     * The first step of a comparison is done.
     *
     * @param leaves that differ; empty if everything is equal
     */
    record NodesCompared(SortedSet<Integer> leaves) implements Outcome {
        /** Copies. */
        public NodesCompared {
            leaves = new TreeSet<>(leaves);
        }
    }

    /**
     * The second step of a comparison is done.
     *
     * @param gaps the records that differed
     * @param repaired how many of them were repaired here, or offered to the server
     * @param challenge whether the actual rows were compared
     */
    record LeavesCompared(List<RecordKey> gaps, int repaired, boolean challenge) implements Outcome {
        /** All of them were repaired, or it was a challenge that repaired none. */
        public LeavesCompared(List<RecordKey> gaps, boolean repaired) {
            this(gaps, repaired ? gaps.size() : 0, !repaired);
        }

        /** Copies. */
        public LeavesCompared {
            gaps = List.copyOf(gaps);
        }
    }
}
