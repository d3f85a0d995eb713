package io.holdfast.core.local;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.GapBook;
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
        int bucket = state.absent() ? -1 : bucket(next);
        swap(before.digest(), digest);
        layers.save(before, next.withConfirmed(state, sequence, digest, bucket));
    }

    /** Depends on the key alone: what is known of a record stays, whatever is confirmed. */
    private int bucket(LocalRecord record) {
        return record.bucket() >= 0 && !record.released() ? record.bucket() : digester.bucket(record.key());
    }

    /** Stores a confirmed state. */
    void confirm(LocalRecord before, RecordState state, long sequence) {
        confirm(before, before, state, sequence);
    }

    /**
     * Turns a confirmed state that the server has lost into an offer of the same state. A row that is not what its digest says is
     * not offered: nobody could tell any more that it was damaged.
     */
    void offer(LocalRecord record) {
        if (record.confirmed().absent() || damaged(record)) {
            withhold(record);
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
        next.replaceAll(Confirmer::ofNoEpoch);
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

    /** The sequence that an edit started from belongs to an epoch that is over, and may come again. */
    private static Layer ofNoEpoch(Layer layer) {
        return layer.kind() == Change.Kind.EDIT ? layer.rebased(0) : layer;
    }

    private boolean damaged(LocalRecord record) {
        return !digester.digest(record.key(), record.confirmed()).equals(record.digest());
    }

    /** Gives up a row that says nothing any more, or not what was stored in it; what it says stays in the gap. */
    private void withhold(LocalRecord record) {
        new GapBook(transaction.trail(), nowMillis)
                .open(
                        new GapBook.Found(
                                Gap.Kind.ROW_CHANGED,
                                record.key(),
                                record.confirmed(),
                                RecordState.ABSENT,
                                "L1",
                                "The row was changed behind the store's back, and the server has lost its record."),
                        Gap.State.REPAIRING,
                        "The row was not offered; another device's record takes its place, if one has it.");
        OwnCounts.giveUp(transaction, record.confirmed());
        List<Layer> layers = record.layers().stream().map(Confirmer::ofNoEpoch).toList();
        confirm(record, record.withLayers(layers), RecordState.ABSENT, 0);
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
