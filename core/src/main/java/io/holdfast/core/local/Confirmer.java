package io.holdfast.core.local;

import io.holdfast.core.change.Change;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordMerge;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Moves confirmed states, and with them the root of the digests. Every change of what is confirmed goes through here, so
 * that the root cannot part from the records. Not thread-safe; {@link #finish} stores the root.
 */
final class Confirmer {

    /** Offers come before every edit, in the order in which they were made. */
    private static final long OFFER_ORDER = Long.MIN_VALUE / 2;

    private final LocalTransaction transaction;
    private final Layers layers;
    private final Digester digester;
    private final long nowMillis;
    private DigestSum root;

    Confirmer(LocalTransaction transaction, Layers layers, ScopeKey key, long nowMillis) {
        this.nowMillis = nowMillis;
        this.transaction = transaction;
        this.layers = layers;
        this.digester = new Digester(key);
        this.root = transaction.root();
    }

    /** Stores a confirmed state under whatever layers {@code next} has. */
    void confirm(LocalRecord before, LocalRecord next, RecordState state, long sequence) {
        Digest digest = digester.digest(next.key(), state);
        int bucket = state.absent() ? -1 : digester.bucket(next.key());
        swap(before.digest(), digest);
        layers.save(before, next.withConfirmed(state, sequence, digest, bucket));
    }

    /** Stores a confirmed state. */
    void confirm(LocalRecord before, RecordState state, long sequence) {
        confirm(before, before, state, sequence);
    }

    /** Turns a confirmed state that the server has lost into an offer of the same state. */
    void offer(LocalRecord record) {
        if (record.confirmed().absent()) {
            // Its bytes cannot be read any more: there is nothing to offer.
            confirm(record, RecordState.ABSENT, 0);
            return;
        }
        Optional<Layer> earlier = record.layers().stream()
                .filter(layer -> layer.kind() == Change.Kind.OFFER && layer.state() != Layer.State.IN_FLIGHT)
                .findFirst();
        RecordState state = earlier.map(
                        layer -> RecordMerge.merge(layers.collection(record), layer.edit(), record.confirmed()))
                .orElse(record.confirmed());
        List<Layer> next = new ArrayList<>(record.layers());
        earlier.ifPresent(layer -> {
            next.remove(layer);
            remember(record, layer.edit(), state);
            remember(record, record.confirmed(), state);
        });
        // The sequence that the edits started from belongs to an epoch that is over, and may come again.
        next.replaceAll(layer -> layer.kind() == Change.Kind.EDIT ? layer.rebased(0) : layer);
        next.addFirst(new Layer(
                Layer.State.PENDING,
                0,
                OFFER_ORDER + transaction.nextOrder(),
                0,
                state,
                0,
                FieldMap.of(),
                0,
                Change.Kind.OFFER,
                Optional.empty()));
        confirm(record, record.withLayers(next), RecordState.ABSENT, 0);
    }

    /**
     * What an offer that the server has not taken, or a record that it has lost, held, and that has now given way to a later value,
     * may stand nowhere else.
     */
    private void remember(LocalRecord record, RecordState held, RecordState stands) {
        TreeMap<String, Cell> lost = new TreeMap<>(held.cells());
        lost.entrySet()
                .removeIf(cell -> cell.getValue().value().isNull()
                        || RecordMerge.isLattice(cell.getValue().value())
                        || stands.value(cell.getKey()).equals(cell.getValue().value()));
        if (!lost.isEmpty()) {
            transaction.history(new HistoryEntry(
                    0,
                    HistoryEntry.Kind.CONFLICT,
                    record.key(),
                    new RecordState(lost, Stamp.NONE),
                    stands,
                    record.sequence(),
                    nowMillis,
                    ""));
        }
    }

    private void swap(Digest old, Digest now) {
        if (!old.isNone()) {
            root = root.minus(old);
        }
        if (!now.isNone()) {
            root = root.plus(now);
        }
    }

    DigestSum root() {
        return root;
    }

    /** Stores the root. */
    void finish() {
        transaction.root(root);
    }
}
