package io.holdfast.core.local;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.Change;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.stamp.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Moves layers of records within one transaction, and accounts for each move. Every place that settles, freezes or gives up
 * a change goes through here, so that a record and its account cannot part. Not thread-safe.
 */
final class Layers {

    private final Schema schema;
    private final LocalTransaction transaction;

    Layers(Schema schema, LocalTransaction transaction) {
        this.schema = schema;
        this.transaction = transaction;
    }

    CollectionSchema collection(LocalRecord record) {
        return schema.collectionOrUnknown(record.key().collection());
    }

    /** Server's clock minus local clock. */
    long offset() {
        return transaction.device().clock().offsetMillis();
    }

    /** Stores a record, with what its readers see. */
    void save(LocalRecord before, LocalRecord after) {
        CollectionSchema collection = collection(before);
        RecordState seen = RecordView.visible(collection, after, offset());
        if (steady(before) && sameValues(RecordView.visible(collection, before, offset()), seen)) {
            transaction.save(before, after);
        } else {
            transaction.save(before, after, seen);
        }
    }

    /**
     * Whether what a reader was shown still follows from the record. Where an edit lies on a confirmed state that its writer
     * had not seen, it also followed from the clock's offset, which may have been measured anew.
     */
    private static boolean steady(LocalRecord record) {
        for (Layer layer : record.layers()) {
            if (!layer.inServerTime() && layer.base() != record.sequence()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a reader, who sees no stamps, sees no difference. */
    private static boolean sameValues(RecordState left, RecordState right) {
        if (left.live() != right.live() || left.cells().size() != right.cells().size()) {
            return false;
        }
        for (Map.Entry<String, Cell> cell : left.cells().entrySet()) {
            if (!cell.getValue().value().equals(right.value(cell.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Accounts for one layer's move; an offer is no change of this device and is not counted. */
    void count(Layer layer, ChangeState from, ChangeState to) {
        if (layer.kind() == Change.Kind.EDIT) {
            Account account = transaction.account();
            transaction.account(account.move(from, to));
        }
    }

    /** The record without a layer. */
    static LocalRecord without(LocalRecord record, Layer layer) {
        List<Layer> layers = new ArrayList<>(record.layers());
        if (!layers.remove(layer)) {
            throw new IllegalStateException("a record lacks the layer that is to go");
        }
        return record.withLayers(layers);
    }

    /** The record with a layer replaced in its place. */
    static LocalRecord replaced(LocalRecord record, Layer old, Layer next) {
        List<Layer> layers = new ArrayList<>(record.layers());
        layers.set(layers.indexOf(old), next);
        return record.withLayers(layers);
    }

    /** The same edit with its stamps in the local clock's time; an offer keeps the server's. */
    RecordState inLocalTime(Layer layer) {
        return layer.kind() == Change.Kind.OFFER ? layer.edit() : RecordView.shifted(layer.edit(), -offset());
    }

    /** Makes a layer that was sent, or refused, pending again; an edit made since folds it in. */
    void repend(LocalRecord record, Layer layer) {
        ChangeState from = stateOf(layer);
        RecordState edit = layer.state() == Layer.State.IN_FLIGHT ? inLocalTime(layer) : layer.edit();
        Layer pending = layer.pending(edit);
        Optional<Layer> open = layer.kind() == Change.Kind.EDIT ? record.open() : Optional.empty();
        if (open.isEmpty()) {
            count(layer, from, ChangeState.PENDING);
            save(record, replaced(record, layer, pending));
            return;
        }
        count(layer, from, ChangeState.COALESCED);
        Layer both = folded(collection(record), pending, open.get());
        long group = open.get().group();
        save(record, replaced(without(record, layer), open.get(), both));
        if (group != 0 && both.group() != group) {
            transaction.regroup(group, both.group());
        }
    }

    /**
     * The record as if the writer of its open edit had not seen the change below that the server did not apply. That one will be
     * dated anew, and its old stamps, perhaps of a clock that ran ahead, must not hold both in the future.
     */
    LocalRecord unaware(LocalRecord record, Layer refused) {
        Optional<Layer> open = record.open();
        if (open.isEmpty() || refused.state() != Layer.State.IN_FLIGHT || refused.kind() != Change.Kind.EDIT) {
            return record;
        }
        SortedMap<String, Stamp> below = open.get().base() == record.sequence()
                ? RecordEdits.seen(
                        collection(record), without(record, refused), open.get().edit())
                : Collections.emptySortedMap();
        TreeMap<String, Stamp> seen = new TreeMap<>(open.get().seen());
        seen.replaceAll((name, stamp) -> gave(refused, stamp) ? below.getOrDefault(name, Stamp.NONE) : stamp);
        seen.values().removeIf(Stamp::isNone);
        LocalRecord next = replaced(record, open.get(), open.get().onto(seen));
        save(record, next);
        return next;
    }

    private static boolean gave(Layer layer, Stamp stamp) {
        return stamp.equals(layer.edit().deleted())
                || layer.edit().cells().values().stream()
                        .anyMatch(cell -> cell.stamp().equals(stamp));
    }

    private static Layer folded(CollectionSchema schema, Layer earlier, Layer later) {
        // The earlier one comes back from the server's time, perhaps by another offset than it went there: what was
        // written later stays later.
        RecordState above =
                Restamping.above(later.edit(), earlier.edit().newest().time());
        return new Layer(
                Layer.State.PENDING,
                0,
                earlier.order(),
                earlier.group() == 0 ? later.group() : earlier.group(),
                RecordEdits.over(schema, earlier.edit(), above),
                earlier.base(),
                RecordEdits.seen(schema, earlier, later.seen()),
                earlier.edits() + later.edits(),
                Change.Kind.EDIT,
                Optional.empty());
    }

    static ChangeState stateOf(Layer layer) {
        return switch (layer.state()) {
            case PENDING -> ChangeState.PENDING;
            case IN_FLIGHT -> ChangeState.IN_FLIGHT;
            case QUARANTINED -> ChangeState.QUARANTINED;
        };
    }
}
