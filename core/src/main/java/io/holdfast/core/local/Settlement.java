package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settles the changes of one frozen batch by the server's results. Each change leaves {@link ChangeState#IN_FLIGHT} for
 * exactly one state. Not thread-safe; lives within one {@link LocalTransaction}.
 */
final class Settlement {

    private final LocalTransaction transaction;
    private final Layers layers;
    private final Confirmer confirmer;
    private final long nowMillis;
    private final Map<Long, List<Refused>> refused = new LinkedHashMap<>();
    private int conflicts;
    private int refusals;

    Settlement(LocalTransaction transaction, Layers layers, Confirmer confirmer, long nowMillis) {
        this.transaction = transaction;
        this.layers = layers;
        this.confirmer = confirmer;
        this.nowMillis = nowMillis;
    }

    private record Refused(LocalRecord record, Layer layer, ChangeResult.Refused why) {}

    /**
     * Settles every change of a batch.
     *
     * @param results one for each, in the batch's order
     */
    void settle(long batch, List<ChangeResult> results) {
        List<LocalRecord> records = transaction.inBatch(batch);
        if (records.size() != results.size()) {
            throw new IllegalStateException(
                    "a batch of " + records.size() + " changes has " + results.size() + " results");
        }
        for (int i = 0; i < results.size(); i++) {
            LocalRecord record = records.get(i);
            settle(record, inBatch(record, batch), results.get(i));
        }
    }

    /** Quarantines, or makes pending again, what was refused. Only after no later batch is frozen any more. */
    void settleRefused() {
        for (List<Refused> group : refused.values()) {
            boolean again = group.stream().anyMatch(this::worthAnotherTry);
            for (Refused one : group) {
                LocalRecord record = transaction.record(one.record.key());
                if (again) {
                    layers.repend(layers.unaware(record, one.layer), one.layer);
                } else {
                    quarantine(record, one);
                    refusals++;
                }
            }
        }
    }

    boolean anyRefused() {
        return !refused.isEmpty();
    }

    int conflicts() {
        return conflicts;
    }

    int refusals() {
        return refusals;
    }

    private static Layer inBatch(LocalRecord record, long batch) {
        return record.layers().stream()
                .filter(layer -> layer.state() == Layer.State.IN_FLIGHT && layer.batch() == batch)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a record of a batch has a layer in flight"));
    }

    private void settle(LocalRecord record, Layer layer, ChangeResult result) {
        LocalRecord rest = Layers.without(record, layer);
        switch (result) {
            case ChangeResult.Accepted accepted -> {
                layers.count(layer, ChangeState.IN_FLIGHT, ChangeState.ACCEPTED);
                RecordState state = RecordView.applied(layers.collection(record), record.confirmed(), layer.edit());
                confirm(record, followed(record, layer, rest, accepted), state, accepted.sequence());
            }
            case ChangeResult.Merged merged -> {
                layers.count(layer, ChangeState.IN_FLIGHT, ChangeState.ACCEPTED);
                if (bare(merged.record())) {
                    layers.save(record, rest);
                } else {
                    confirm(
                            record,
                            rest,
                            merged.record().state(),
                            merged.record().sequence());
                }
            }
            case ChangeResult.Conflict conflict -> {
                layers.count(
                        layer, ChangeState.IN_FLIGHT, conflict.stood() ? ChangeState.ACCEPTED : ChangeState.SUPERSEDED);
                if (bare(conflict.record())) {
                    layers.save(record, rest);
                } else {
                    confirmer.confirm(
                            record,
                            rest,
                            conflict.record().state(),
                            conflict.record().sequence());
                }
                remember(record, layer, conflict);
            }
            case ChangeResult.Refused why -> {
                long group = layer.group() == 0 ? -layer.order() : layer.group();
                refused.computeIfAbsent(group, ignored -> new ArrayList<>()).add(new Refused(record, layer, why));
            }
        }
    }

    /** An edit made on top of this one started from exactly the record that is confirmed now. */
    private static LocalRecord followed(
            LocalRecord record, Layer settled, LocalRecord rest, ChangeResult.Accepted accepted) {
        if (settled.kind() == Change.Kind.OFFER) {
            return rest;
        }
        return rest.withLayers(rest.layers().stream()
                .map(layer -> layer.order() > settled.order() && layer.base() == record.sequence()
                        ? layer.rebased(accepted.sequence())
                        : layer)
                .toList());
    }

    /** Whether a record is named without its state, because the answer was full: it comes with the changes. */
    private static boolean bare(RemoteRecord record) {
        return record.sequence() > 0 && record.state().absent();
    }

    /** A repeated answer may come after the record has been pulled in a later state: then that one stays. */
    private void confirm(LocalRecord record, LocalRecord rest, RecordState state, long sequence) {
        if (sequence > record.sequence()) {
            confirmer.confirm(record, rest, state, sequence);
        } else {
            layers.save(record, rest);
        }
    }

    private void remember(LocalRecord record, Layer layer, ChangeResult.Conflict conflict) {
        if (layer.kind() == Change.Kind.OFFER) {
            return;
        }
        conflicts++;
        TreeMap<String, Cell> lost = new TreeMap<>(layer.edit().cells());
        lost.keySet().retainAll(conflict.lost());
        Stamp deletion = lost.isEmpty() ? layer.edit().deleted() : Stamp.NONE;
        transaction.history(new HistoryEntry(
                0,
                HistoryEntry.Kind.CONFLICT,
                record.key(),
                new RecordState(lost, deletion),
                conflict.record().state(),
                conflict.record().sequence(),
                nowMillis,
                ""));
    }

    /**
     * A clock that was off is measured anew by now; and an edit made since may have mended what was refused, though not an
     * offer, which never holds it.
     */
    private boolean worthAnotherTry(Refused one) {
        boolean mended = one.layer.kind() == Change.Kind.EDIT
                && transaction.record(one.record.key()).open().isPresent();
        return mended || (one.why.code() == ErrorCode.CLOCK_AHEAD && canBeDatedNow(one.layer));
    }

    /** Whether nothing holds the change in the future: an offer keeps its stamps, and an edit lies above what it has seen. */
    private boolean canBeDatedNow(Layer layer) {
        Stamp bound = layer.kind() == Change.Kind.OFFER
                ? layer.edit().newest()
                : layer.seen().values().stream().reduce(Stamp.NONE, Stamp::max);
        return bound.millis() < nowMillis + layers.offset() + Limits.DRIFT_MILLIS_MAX;
    }

    private void quarantine(LocalRecord record, Refused one) {
        Refusal why = new Refusal(one.why.code(), one.why.field(), one.why.message(), nowMillis);
        layers.count(one.layer, ChangeState.IN_FLIGHT, ChangeState.QUARANTINED);
        layers.save(
                record, Layers.replaced(record, one.layer, one.layer.quarantined(layers.inLocalTime(one.layer), why)));
    }
}
