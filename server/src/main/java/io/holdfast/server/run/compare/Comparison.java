package io.holdfast.server.run.compare;

import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.value.TextOrder;
import java.util.BitSet;
import java.util.Optional;

/**
 * Compares a source with one consistent state of a target: first the sums of 4,096 leaves, which the target computes where its
 * rows are, then ids and digests of the leaves that differ, as a merge of two ordered streams. Equal replicas cost one pass over
 * the target and no row leaves it. Stateless.
 */
public final class Comparison {

    /** What sorting holds in memory; more goes through temporary files. */
    private static final long SORT_BYTES = 16L << 20;

    private Comparison() {}

    /**
     * How many records were compared.
     *
     * @param unchanged records that both have with the same content
     */
    public record Outcome(long sourceCount, long targetCount, long unchanged) {}

    /** Compares a source with a collection, and tells the differences. */
    public static Outcome of(SourceImage source, ScopeSnapshot target, String collection, Differences differences) {
        Buckets held = target.contents(collection, source.digester());
        BitSet leaves = source.sums().differing(held);
        long differing = leaves.isEmpty() ? 0 : merge(source, target, collection, leaves, differences);
        return new Outcome(source.count(), held.root().count(), source.count() - differing);
    }

    private static long merge(
            SourceImage source, ScopeSnapshot target, String collection, BitSet leaves, Differences differences) {
        try (SourceImage.Sorted sorted = source.sorted(leaves, SORT_BYTES)) {
            Merge merge = new Merge(sorted, differences);
            target.contents(collection, source.digester(), leaves, merge::held);
            merge.end();
            return merge.differing;
        }
    }

    private static final class Merge {

        private final SourceImage.Sorted source;
        private final Differences differences;
        private Optional<Entry> next;
        private long differing;

        Merge(SourceImage.Sorted source, Differences differences) {
            this.source = source;
            this.differences = differences;
            this.next = source.next();
        }

        void held(String id, Digest content) {
            while (next.isPresent() && TextOrder.compare(next.get().id(), id) < 0) {
                gap(next.get());
            }
            if (next.isEmpty() || !next.get().id().equals(id)) {
                differences.surplus(id, content);
                return;
            }
            if (!next.get().content().equals(content)) {
                differing++;
                differences.mismatch(next.get(), content);
            }
            next = source.next();
        }

        private void gap(Entry entry) {
            differing++;
            differences.gap(entry);
            next = source.next();
        }

        void end() {
            while (next.isPresent()) {
                gap(next.get());
            }
        }
    }
}
