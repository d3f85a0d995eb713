package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.Change;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.stamp.HybridTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Turns pending changes into a frozen batch, and back if the server says that it did not apply it. Groups stay whole.
 * Freezing moves stamps from the local clock's time into the server's: order is kept, every stamp stays above the state
 * the change started from, and none lies in the future. Not thread-safe; lives within one {@link LocalTransaction}.
 */
public final class Freezer {

    private static final int RETRIED_MAX = 1_000;

    private final Schema schema;
    private final LocalTransaction transaction;
    private final Layers layers;

    /** A freezer for one transaction. */
    public Freezer(Schema schema, LocalTransaction transaction) {
        this.schema = schema;
        this.transaction = transaction;
        this.layers = new Layers(schema, transaction);
    }

    /** One change to freeze. */
    private record Pick(LocalRecord record, Layer layer) {}

    /**
     * Freezes the oldest pending changes.
     *
     * @param changesMax most changes, except that a group is never divided
     * @return the batch; empty if nothing is pending
     */
    public Optional<FrozenBatch> freeze(int changesMax, long nowMillis) {
        Selection selection = new Selection(changesMax);
        for (LocalRecord record : transaction.pending(changesMax)) {
            Layer layer = firstPending(record);
            // A group is read once: its members may be all of what is pending.
            if (!selection.holds(layer.group()) && !selection.offer(layer.group(), unit(record, layer))) {
                break;
            }
        }
        return freeze(selection.chosen, nowMillis);
    }

    /**
     * When nothing is pending: freezes what the server refused because it lay in the future, and what can be dated now.
     *
     * @return the batch; empty if there is nothing of that kind
     */
    public Optional<FrozenBatch> freezeDated(int changesMax, long nowMillis) {
        new Quarantine(schema, transaction).retryDated(nowMillis, RETRIED_MAX);
        return freeze(changesMax, nowMillis);
    }

    /** Freezes one group by itself. */
    void freezeGroup(long group, long nowMillis) {
        freeze(members(group), nowMillis);
    }

    private List<Pick> unit(LocalRecord record, Layer layer) {
        return layer.group() == 0 ? List.of(new Pick(record, layer)) : members(layer.group());
    }

    private List<Pick> members(long group) {
        return transaction.pendingGroup(group).stream()
                .map(record -> new Pick(record, record.layers().getLast()))
                .toList();
    }

    /** Takes whole groups while they fit, and each record once. */
    private static final class Selection {
        private final int changesMax;
        private final List<Pick> chosen = new ArrayList<>();
        private final Set<RecordKey> keys = new HashSet<>();
        private final Set<Long> groups = new HashSet<>();
        private long bytes;

        Selection(int changesMax) {
            this.changesMax = changesMax;
        }

        boolean holds(long group) {
            return group != 0 && groups.contains(group);
        }

        boolean offer(long group, List<Pick> unit) {
            long size = unit.stream()
                    .mapToLong(pick -> BatchCodec.sizeHint(pick.layer.edit()))
                    .sum();
            boolean fits = chosen.size() + unit.size() <= changesMax && bytes + size <= Limits.BATCH_BYTES_MAX;
            boolean again = unit.stream().anyMatch(pick -> keys.contains(pick.record.key()));
            if (again || (!fits && !chosen.isEmpty())) {
                return false;
            }
            groups.add(group);
            chosen.addAll(unit);
            unit.forEach(pick -> keys.add(pick.record.key()));
            bytes += size;
            return true;
        }
    }

    private Optional<FrozenBatch> freeze(List<Pick> chosen, long nowMillis) {
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        List<Pick> picks = new ArrayList<>(chosen);
        picks.sort(Comparator.comparingLong(pick -> pick.layer.order()));
        DeviceState device = transaction.device();
        BatchMark previous = device.progress().frozen();
        ClockCorrection correction = new ClockCorrection(device.clock().offsetMillis(), nowMillis);
        picks.forEach(pick -> correction.learn(pick.layer.edit()));
        correction.prepare();

        List<Change> changes = new ArrayList<>(picks.size());
        for (Pick pick : picks) {
            Layer frozen = pick.layer.frozen(previous.number() + 1, inServerTime(pick, correction));
            changes.add(frozen.change(layers.collection(pick.record), pick.record));
            layers.count(pick.layer, ChangeState.PENDING, ChangeState.IN_FLIGHT);
            layers.save(pick.record, Layers.replaced(pick.record, pick.layer, frozen));
        }
        byte[] bytes = BatchCodec.encode(changes);
        FrozenBatch batch = new FrozenBatch(BatchCodec.mark(previous, bytes), previous, picks.size(), bytes);
        transaction.freeze(batch);
        transaction.device(device.with(device.progress().withFrozen(batch.mark())));
        correctClock(nowMillis);
        return Optional.of(batch);
    }

    private RecordState inServerTime(Pick pick, ClockCorrection correction) {
        if (pick.layer.kind() == Change.Kind.OFFER) {
            return pick.layer.edit();
        }
        return Restamping.inServerTime(pick.layer, correction::inServerTime);
    }

    /** A local clock that once ran ahead gives no more times from that future. */
    private void correctClock(long nowMillis) {
        if (transaction.lastTime() > HybridTime.ofMillis(nowMillis + Limits.DRIFT_MILLIS_MAX)) {
            transaction.lastTime(HybridTime.ofMillis(nowMillis));
        }
    }

    /** Makes every frozen change pending again: the server has certainly applied none of them. */
    public void unfreezeAll() {
        unfreeze(layers::unaware);
    }

    /** The same for a store that is not what it was: the server may have applied some, and what follows must lie above. */
    public void unfreezeDoubtful() {
        unfreeze((record, layer) -> record);
    }

    private void unfreeze(BiFunction<LocalRecord, Layer, LocalRecord> before) {
        DeviceState.Progress progress = transaction.device().progress();
        // The latest first, so that a record's earlier change folds in under its later one.
        for (long number = progress.frozen().number();
                number > progress.settled().number();
                number--) {
            long batch = number;
            for (LocalRecord stale : transaction.inBatch(batch)) {
                LocalRecord record = transaction.record(stale.key());
                record.layers().stream()
                        .filter(layer -> layer.batch() == batch)
                        .findFirst()
                        .ifPresent(layer -> layers.repend(before.apply(record, layer), layer));
            }
            transaction.unfreeze(batch);
        }
        DeviceState device = transaction.device();
        transaction.device(device.with(device.progress().withFrozen(progress.settled())));
    }

    private static Layer firstPending(LocalRecord record) {
        return record.layer(Layer.State.PENDING)
                .orElseThrow(() -> new IllegalStateException("a pending record has a pending layer"));
    }
}
