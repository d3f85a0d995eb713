package io.holdfast.core.local;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.Change;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordMerge;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a local write does to one record. Pure functions: time, order and identity come in with {@link Writer}.
 *
 * <p>A write makes one change. If the record already has an unsent change, the new one folds it in, and the older is
 * accounted for as coalesced.
 */
public final class RecordEdits {

    private RecordEdits() {}

    /**
     * Who writes, and when.
     *
     * @param nowMillis reading of the local clock, milliseconds since 1970
     * @param lastTime the last hybrid time this store gave
     * @param order the change's {@link Layer#order}
     */
    public record Writer(long incarnation, long nowMillis, long lastTime, long offsetMillis, long order) {}

    /**
     * A record after a write.
     *
     * @param after the record; the same as before if nothing changed
     * @param visible what a reader sees now
     * @param account the account after the write
     * @param lastTime the last hybrid time given
     * @param changed whether a change was made
     */
    public record Edited(
            LocalRecord before,
            LocalRecord after,
            RecordState visible,
            Account account,
            long lastTime,
            boolean changed) {}

    /**
     * Writes fields; absent fields stay as they are. On a deleted record it starts a new one: fields that are not written
     * are cleared, except lattices, which cannot go back.
     *
     * @throws io.holdfast.core.error.HoldfastException FIELD_UNKNOWN, FIELD_OPERATION, FIELD_TYPE, FIELD_RANGE; nothing is changed then
     */
    public static Edited put(
            CollectionSchema schema, LocalRecord record, Map<String, FieldEdit> edits, Writer writer, Account account) {
        RecordState visible = RecordView.visible(schema, record, writer.offsetMillis());
        Stamp stamp = stamp(record, writer);
        FieldWriter fields = new FieldWriter(schema, stamp);
        TreeMap<String, Cell> written = new TreeMap<>();
        edits.forEach((name, edit) -> fields.write(name, edit, compared(schema, visible, name))
                .ifPresent(value -> written.put(name, new Cell(value, stamp))));
        if (visible.tombstone()) {
            RecordState unsent = record.open().map(Layer::edit).orElse(RecordState.ABSENT);
            visible.cells().keySet().stream()
                    .filter(name -> !written.containsKey(name))
                    .filter(name -> clearable(schema, name, visible) || clearable(schema, name, unsent))
                    .forEach(name -> written.put(name, new Cell(Value.NULL, stamp)));
        }
        if (written.isEmpty() && visible.live()) {
            return new Edited(record, record, visible, account, writer.lastTime(), false);
        }
        if (written.isEmpty()) {
            // A record without a value is a record all the same: a cleared field carries the stamp that makes it live.
            String carrier = carrier(schema);
            written.put(carrier, new Cell(kept(schema, carrier, visible), stamp));
        }
        return edited(schema, record, new RecordState(written, Stamp.NONE), stamp, writer, account);
    }

    /** Deletes the record; deleting what is not there changes nothing. */
    public static Edited delete(CollectionSchema schema, LocalRecord record, Writer writer, Account account) {
        RecordState visible = RecordView.visible(schema, record, writer.offsetMillis());
        if (!visible.live()) {
            return new Edited(record, record, visible, account, writer.lastTime(), false);
        }
        Stamp stamp = stamp(record, writer);
        return edited(schema, record, new RecordState(FieldMap.of(), stamp), stamp, writer, account);
    }

    private static Edited edited(
            CollectionSchema schema,
            LocalRecord record,
            RecordState edit,
            Stamp stamp,
            Writer writer,
            Account account) {
        Optional<Layer> open = record.open();
        List<Layer> layers = new ArrayList<>(record.layers());
        open.ifPresent(layers::remove);
        layers.add(open.map(layer -> folded(schema, record, layer, edit))
                .orElseGet(() -> fresh(schema, record, edit, writer.order())));
        LocalRecord after = record.withLayers(layers);
        Account next = account.make();
        if (open.isPresent()) {
            next = next.move(ChangeState.PENDING, ChangeState.COALESCED);
        }
        RecordState visible = RecordView.visible(schema, after, writer.offsetMillis());
        return new Edited(record, after, visible, next, stamp.time(), true);
    }

    private static Layer fresh(CollectionSchema schema, LocalRecord record, RecordState edit, long order) {
        return new Layer(
                Layer.State.PENDING,
                0,
                order,
                0,
                edit,
                base(record),
                seen(schema, record, edit),
                1,
                Change.Kind.EDIT,
                Optional.empty());
    }

    /**
     * What the writer of a new edit starts from. A layer that does not itself start from what is confirmed, such as an offer, may
     * hide it: the writer has not seen it then, and what the edit replaces in it must not pass for known. Nor has he seen a record
     * whose values were given up.
     */
    private static long base(LocalRecord record) {
        boolean shown = record.layers().stream()
                .allMatch(layer -> layer.kind() == Change.Kind.EDIT && layer.base() == record.sequence());
        return shown && !record.released() ? record.sequence() : 0;
    }

    /** An unsent layer with a later edit folded in: it still starts from where the first edit did. */
    private static Layer folded(CollectionSchema schema, LocalRecord record, Layer open, RecordState edit) {
        SortedMap<String, Stamp> seen = seen(schema, open, seen(schema, record, edit));
        return new Layer(
                Layer.State.PENDING,
                0,
                open.order(),
                open.group(),
                over(schema, open.edit(), edit),
                open.base(),
                seen,
                open.edits() + 1,
                Change.Kind.EDIT,
                Optional.empty());
    }

    /** A later edit over an earlier one of the same store: the later value stands, lattices merge. */
    static RecordState over(CollectionSchema schema, RecordState earlier, RecordState later) {
        return RecordMerge.merge(schema, earlier, later, (name, before, written) -> {
            MergeRule rule = schema.mergeRule(name);
            return switch (rule) {
                case MAX, MIN, COUNTER, UNION -> RecordMerge.mergeCells(rule, before, written);
                case LAST_WRITE, SERVER, REVIEW -> written;
            };
        });
    }

    /** What a writer sees who edits a record now. */
    static SortedMap<String, Stamp> seen(CollectionSchema schema, LocalRecord record, RecordState edit) {
        RecordState under = RecordView.underOpen(schema, record);
        FieldMap.Builder<Stamp> seen = new FieldMap.Builder<>(edit.cells().size() + 1);
        Stamp whole = edit.deleted().isNone() ? under.deleted() : under.newest();
        if (!whole.isNone()) {
            seen.put(Layer.WHOLE, whole);
        }
        for (String name : edit.cells().keySet()) {
            Stamp stamp = under.stamp(name);
            if (!stamp.isNone()) {
                seen.put(name, stamp);
            }
        }
        return seen.build();
    }

    /**
     * What the writer of an edit and of a later one folded into it had seen. Where the server decides, the edit stands on what
     * the first had seen, because the record showed its own value ever since.
     */
    static SortedMap<String, Stamp> seen(CollectionSchema schema, Layer earlier, SortedMap<String, Stamp> later) {
        TreeMap<String, Stamp> seen = new TreeMap<>(later);
        earlier.edit().cells().keySet().stream()
                .filter(name -> schema.mergeRule(name).isDecision())
                .forEach(seen::remove);
        earlier.seen().forEach((name, stamp) -> seen.merge(name, stamp, Stamp::max));
        return seen;
    }

    private static Stamp stamp(LocalRecord record, Writer writer) {
        long above = RecordView.latestLocalTime(record, writer.offsetMillis()) + 1;
        long time = Math.max(HybridTime.next(writer.lastTime(), writer.nowMillis()), above);
        return new Stamp(time, writer.incarnation());
    }

    private static String carrier(CollectionSchema schema) {
        return schema.fields().keySet().stream()
                .filter(name -> !schema.mergeRule(name).isDecision())
                .findFirst()
                .orElseGet(() -> schema.fields().firstKey());
    }

    /** What a field holds that is written without a value: an extreme would not give way to nothing, and carries itself. */
    private static Value kept(CollectionSchema schema, String name, RecordState visible) {
        return switch (schema.mergeRule(name)) {
            case MAX, MIN -> visible.value(name);
            case LAST_WRITE, COUNTER, UNION, SERVER, REVIEW -> Value.NULL;
        };
    }

    private static boolean clearable(CollectionSchema schema, String name, RecordState state) {
        return switch (schema.mergeRule(name)) {
            case LAST_WRITE, SERVER, REVIEW ->
                schema.field(name).isPresent() && !state.value(name).isNull();
            case MAX, MIN, COUNTER, UNION -> false;
        };
    }

    /** What an edit compares with: a deleted record shows nothing, but its lattices go on from where they were. */
    private static Value compared(CollectionSchema schema, RecordState visible, String name) {
        boolean hidden = switch (schema.mergeRule(name)) {
            case LAST_WRITE, SERVER, REVIEW -> visible.tombstone();
            case MAX, MIN, COUNTER, UNION -> false;
        };
        return hidden ? Value.NULL : visible.value(name);
    }
}
