package io.holdfast.core.reconcile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree over a scope's records: 64 nodes of 64 leaves, each leaf the sum of the digests of its records. Not
 * thread-safe.
 */
public final class Buckets {

    /** Nodes at the upper level, and leaves in each. */
    public static final int FAN_OUT = 64;

    /** Leaves in all. */
    public static final int COUNT = FAN_OUT * FAN_OUT;

    private final @Nullable DigestSum[] leaves = new DigestSum[COUNT];

    /** The leaves that something was added to: a scope of few records has few. */
    private final BitSet filled = new BitSet(COUNT);

    /** Adds a record's digest to its leaf; {@link Digest#NONE} adds nothing. */
    public void add(int bucket, Digest digest) {
        if (!digest.isNone()) {
            leaves[bucket] = leaf(bucket).plus(digest);
            filled.set(bucket);
        }
    }

    /** Adds the sum of several records to their leaf. */
    public void add(int bucket, DigestSum sum) {
        leaves[bucket] = leaf(bucket).plus(sum);
        filled.set(bucket);
    }

    /** The leaves whose sums differ. */
    public BitSet differing(Buckets other) {
        BitSet differing = new BitSet(COUNT);
        for (int leaf = 0; leaf < COUNT; leaf++) {
            differing.set(leaf, !leaf(leaf).equals(other.leaf(leaf)));
        }
        return differing;
    }

    /** The sum of one leaf. */
    public DigestSum leaf(int bucket) {
        DigestSum sum = leaves[bucket];
        return sum == null ? DigestSum.ZERO : sum;
    }

    /** The sum of one node's 64 leaves. */
    public DigestSum node(int node) {
        return sum(node * FAN_OUT, (node + 1) * FAN_OUT);
    }

    /** The sum of every record. */
    public DigestSum root() {
        return sum(0, COUNT);
    }

    private DigestSum sum(int from, int to) {
        DigestSum sum = DigestSum.ZERO;
        for (int leaf = filled.nextSetBit(from); leaf >= 0 && leaf < to; leaf = filled.nextSetBit(leaf + 1)) {
            sum = sum.plus(leaf(leaf));
        }
        return sum;
    }

    /** The sums of all nodes, in order. */
    public List<DigestSum> nodes() {
        List<DigestSum> nodes = new ArrayList<>(FAN_OUT);
        for (int node = 0; node < FAN_OUT; node++) {
            nodes.add(node(node));
        }
        return nodes;
    }
}
