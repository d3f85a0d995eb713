package io.holdfast.simulation.world;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.Quarantine;
import io.holdfast.core.local.RecordView;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** The people and programs that write on devices; what they wrote durably goes into the {@link Ledger}. Not thread-safe. */
final class Writer {

    private final Workload workload;
    private final Ledger ledger;
    private final Mutants mutants;
    private final Map<String, Long> made = new HashMap<>();

    Writer(Workload workload, Ledger ledger, Mutants mutants) {
        this.workload = workload;
        this.ledger = ledger;
        this.mutants = mutants;
    }

    long made(String device) {
        return made.getOrDefault(device, 0L);
    }

    void restored(DeviceNode device, long madeBefore) {
        made.put(device.name(), madeBefore);
    }

    /** Those whose counts are in an edit. */
    private static void incarnations(RecordState edit, LongConsumer each) {
        for (Cell cell : edit.cells().values()) {
            if (cell.value() instanceof CounterValue counter) {
                counter.totals().keySet().forEach(each::accept);
            }
        }
    }

    /** One transaction. If the device refuses it, or its disk does, nothing of it happened. */
    void write(DeviceNode device, List<Op> ops) {
        List<Runnable> entries = new ArrayList<>();
        try {
            int changes = device.write(transaction -> {
                entries.clear();
                long now = device.clock().millis();
                LocalWriter writer = new LocalWriter(device.schema(), transaction, now);
                for (Op op : ops) {
                    write(device, transaction, writer, op, entries);
                }
                writer.finish();
                return writer.changed().size();
            });
            made.merge(device.name(), (long) changes, Long::sum);
            entries.forEach(Runnable::run);
        } catch (HoldfastException refusal) {
            // Nothing was written, and nothing goes into the ledger.
        }
    }

    private void write(
            DeviceNode device, LocalTransaction transaction, LocalWriter writer, Op op, List<Runnable> entries) {
        RecordKey key = workload.key(device.schema(), op);
        CollectionSchema collection = device.schema().collectionOrUnknown(key.collection());
        LocalRecord record = transaction.record(key);
        RecordState before = visible(collection, transaction, key);
        Map<String, FieldEdit> edits = Map.of();
        boolean changed;
        if (op.action() == Op.Action.DELETE) {
            changed = writer.delete(key);
        } else {
            edits = workload.edits(device.schema(), op, !before.live());
            changed = writer.put(
                    key, mutants.heard(edits), op.careful() ? check(device, edits.keySet()) : LocalWriter.Check.NONE);
        }
        if (changed) {
            String scope = transaction.device().identity().scope();
            RecordState after = visible(collection, transaction, key);
            // Over a damaged value somebody writes who had the chance to see it before.
            RecordState meant = device.storage()
                    .damage()
                    .of(key)
                    .map(row -> row.rightOf(transaction.record(key).confirmed()))
                    .orElse(RecordState.ABSENT);
            Predicate<String> followed = name -> workload.followed(device.schema(), collection, name)
                    && !before.value(name).equals(after.value(name));
            follow(scope, key, followed, meant, after, entries);
            follow(scope, key, followed, before, after, entries);
            record.layers().forEach(layer -> coalesce(layer.edit(), transaction.record(key), entries));
            Counting counting =
                    new Counting(scope, key, transaction.device().identity().incarnation());
            count(counting, transaction, entries);
            operations(counting, collection, edits, before, entries);
        }
    }

    /** Where somebody counts, and under which key. */
    private record Counting(String scope, RecordKey key, long incarnation) {
        Ledger.Count of(String field) {
            return new Ledger.Count(scope, key, field, incarnation);
        }
    }

    /** What a store asks of its writers. */
    private LocalWriter.Check check(DeviceNode device, Set<String> touched) {
        return (collection, key, visible) -> {
            List<Violation> violations =
                    workload.validator(device.schema()).validate(collection.name(), visible.values(), touched);
            if (!violations.isEmpty()) {
                throw new RecordRefusedException(violations);
            }
        };
    }

    private static RecordState visible(CollectionSchema collection, LocalTransaction transaction, RecordKey key) {
        return RecordView.visible(
                collection,
                transaction.record(key),
                transaction.device().clock().offsetMillis());
    }

    private void follow(
            String scope,
            RecordKey key,
            Predicate<String> followed,
            RecordState before,
            RecordState after,
            List<Runnable> entries) {
        TreeSet<String> names = new TreeSet<>(before.cells().keySet());
        names.addAll(after.cells().keySet());
        for (String name : names) {
            int old = Workload.token(before.value(name));
            int now = Workload.token(after.value(name));
            if (old != now && followed.test(name)) {
                entries.add(() -> {
                    if (now != 0) {
                        ledger.wrote(scope, key, name, now);
                    }
                    ledger.succeeded(old, now == 0 ? Ledger.CLEARED : now);
                });
            }
        }
    }

    /** A refused or unsent value of this device may be hidden under a later one; a further edit folds it in all the same. */
    private void coalesce(RecordState edit, LocalRecord now, List<Runnable> entries) {
        RecordState open = now.open().map(Layer::edit).orElse(RecordState.ABSENT);
        open.cells().forEach((name, cell) -> {
            int old = Workload.token(edit.value(name));
            int token = Workload.token(cell.value());
            if (old != token) {
                entries.add(() -> ledger.succeeded(old, token == 0 ? Ledger.CLEARED : token));
            }
        });
    }

    private void count(Counting counting, LocalTransaction transaction, List<Runnable> entries) {
        RecordState edit =
                transaction.record(counting.key()).open().map(Layer::edit).orElse(RecordState.ABSENT);
        edit.cells().forEach((name, cell) -> {
            if (cell.value() instanceof CounterValue counter) {
                CounterValue.Total total = counter.totals().get(counting.incarnation());
                if (total != null) {
                    entries.add(() -> ledger.counted(counting.of(name), total));
                }
            }
        });
    }

    /** What people told a counter to do, by no other reckoning than theirs. */
    private void operations(
            Counting counting,
            CollectionSchema collection,
            Map<String, FieldEdit> edits,
            RecordState before,
            List<Runnable> entries) {
        edits.forEach((name, edit) -> collection
                .field(name)
                .filter(field -> field.merge() == MergeRule.COUNTER)
                .ifPresent(field -> {
                    long units = units(field, edit, before.value(name));
                    entries.add(() -> ledger.operated(counting.of(name), units));
                }));
    }

    private static long units(Field field, FieldEdit edit, Value before) {
        long shown = before instanceof CounterValue counter ? counter.sum() : 0;
        return switch (edit) {
            case FieldEdit.Add add -> add.units();
            case FieldEdit.Assign assign ->
                target(assign.value()).movePointRight(field.scale()).longValueExact() - shown;
            case FieldEdit.Amend ignored -> 0;
            case FieldEdit.Replace ignored -> 0;
        };
    }

    private static BigDecimal target(Value value) {
        return value instanceof Value.Int whole ? BigDecimal.valueOf(whole.number()) : ((Value.Decimal) value).number();
    }

    /** A person retries the first refused change. */
    void retry(DeviceNode device) {
        onRefused(device, (transaction, record) -> new Quarantine(device.schema(), transaction).retry(record.key()));
    }

    /** A person discards the first refused change. */
    void discard(DeviceNode device) {
        Set<Ledger.Count> givenUp = ownRefused(device);
        onRefused(
                device,
                (transaction, record) -> new Quarantine(device.schema(), transaction)
                        .discard(
                                record.key(),
                                "somebody",
                                "no longer wanted",
                                device.clock().millis()));
        givenUp.removeAll(ownRefused(device));
        givenUp.forEach(ledger::takeBack);
    }

    /** Where the device's present incarnation has counted in what is refused. */
    private static Set<Ledger.Count> ownRefused(DeviceNode device) {
        DeviceState.Identity identity =
                device.storage().read(transaction -> transaction.device().identity());
        Set<Ledger.Count> counts = new HashSet<>();
        device.storage()
                .read(transaction -> transaction.quarantined(Integer.MAX_VALUE))
                .forEach(record -> record.layers().stream()
                        .filter(layer -> layer.state() == Layer.State.QUARANTINED)
                        .forEach(layer -> layer.edit().cells().forEach((field, cell) -> {
                            if (cell.value() instanceof CounterValue counter
                                    && counter.totals().containsKey(identity.incarnation())) {
                                counts.add(new Ledger.Count(
                                        identity.scope(), record.key(), field, identity.incarnation()));
                            }
                        })));
        return counts;
    }

    /** What counts in refused changes is not certain to reach the server. */
    void refused(DeviceNode device) {
        for (LocalRecord record : device.storage().records()) {
            for (Layer layer : record.layers()) {
                if (layer.state() == Layer.State.QUARANTINED) {
                    incarnations(layer.edit(), ledger::uncertain);
                }
            }
        }
    }

    private interface Decision {
        void decide(LocalTransaction transaction, LocalRecord record);
    }

    private void onRefused(DeviceNode device, Decision decision) {
        refused(device);
        try {
            device.write(transaction -> {
                List<LocalRecord> refused = transaction.quarantined(1);
                refused.forEach(record -> decision.decide(transaction, record));
                return refused.size();
            });
        } catch (HoldfastException refusal) {
            // The disk refused: the change stays where it is.
        }
    }
}
