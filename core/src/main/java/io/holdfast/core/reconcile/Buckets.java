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

    /** A scope of few records fills few nodes. */
    private final @Nullable Node[] nodes = new Node[FAN_OUT];

    private static final class Node {

        private final @Nullable DigestSum[] leaves = new DigestSum[FAN_OUT];

        DigestSum leaf(int leaf) {
            DigestSum sum = leaves[leaf];
            return sum == null ? DigestSum.ZERO : sum;
        }

        DigestSum sum() {
            DigestSum sum = DigestSum.ZERO;
            for (DigestSum leaf : leaves) {
                sum = leaf == null ? sum : sum.plus(leaf);
            }
            return sum;
        }
    }

    /** Adds a record's digest to its leaf; {@link Digest#NONE} adds nothing. */
    public void add(int bucket, Digest digest) {
        if (!digest.isNone()) {
            set(bucket, leaf(bucket).plus(digest));
        }
    }

    /** Adds the sum of several records to their leaf. */
    public void add(int bucket, DigestSum sum) {
        set(bucket, leaf(bucket).plus(sum));
    }

    private void set(int bucket, DigestSum sum) {
        Node node = nodes[bucket / FAN_OUT];
        if (node == null) {
            node = new Node();
            nodes[bucket / FAN_OUT] = node;
        }
        node.leaves[bucket % FAN_OUT] = sum;
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
        Node node = nodes[bucket / FAN_OUT];
        return node == null ? DigestSum.ZERO : node.leaf(bucket % FAN_OUT);
    }

    /** The sum of one node's 64 leaves. */
    public DigestSum node(int node) {
        Node filled = nodes[node];
        return filled == null ? DigestSum.ZERO : filled.sum();
    }

    /** The sum of every record. */
    public DigestSum root() {
        DigestSum sum = DigestSum.ZERO;
        for (int node = 0; node < FAN_OUT; node++) {
            sum = sum.plus(node(node));
        }
        return sum;
    }

    /** The sums of all nodes, in order. */
    public List<DigestSum> nodes() {
        List<DigestSum> sums = new ArrayList<>(FAN_OUT);
        for (int node = 0; node < FAN_OUT; node++) {
            sums.add(node(node));
        }
        return sums;
    }
}
