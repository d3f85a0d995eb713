package io.holdfast.core.exchange;

import io.holdfast.core.document.RecordIds;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The edit that a row written by another program comes to: fields that show something else than the record get a stamp of the
 * server's; of a counter the difference is added, of a set the elements that came or went. Pure.
 *
 * @param believed the record before
 * @param incarnation under which the server counts
 */
record ForeignFold(
        CollectionSchema collection, RecordState believed, ForeignRow row, long nowMillis, long incarnation) {

    /** What it comes to. */
    sealed interface Outcome {}

    /** Cells and deletion to merge into the record; absent if the row shows what the record holds. */
    record Edit(RecordState edit) implements Outcome {}

    /** The row cannot become the record. */
    record Unfit(Violation violation) implements Outcome {}

    Outcome outcome() {
        Optional<Violation> badId = RecordIds.check(row.key().id());
        if (badId.isPresent()) {
            return new Unfit(badId.get());
        }
        Stamp stamp = new Stamp(HybridTime.next(believed.newest().time(), nowMillis), 0);
        if (row.values().isEmpty()) {
            return new Edit(believed.live() ? new RecordState(new TreeMap<>(), stamp) : RecordState.ABSENT);
        }
        return row.unreadable().stream()
                .sorted()
                .findFirst()
                .map(ForeignFold::unfit)
                .orElseGet(() -> written(row.values().get(), stamp));
    }

    private static Outcome unfit(String field) {
        return new Unfit(new Violation(ErrorCode.FIELD_TYPE, field, "", "Write a value that the field can hold."));
    }

    private Outcome written(SortedMap<String, Value> values, Stamp stamp) {
        SortedMap<String, Cell> cells = new TreeMap<>();
        for (Map.Entry<String, Value> column : values.entrySet()) {
            String field = column.getKey();
            Value before = believed.value(field);
            try {
                Value after = value(field, column.getValue(), before, stamp);
                boolean comesBack = !believed.live() && !(after.isNull() && before.isNull());
                if (comesBack || !after.equals(before)) {
                    cells.put(field, new Cell(after, stamp));
                }
            } catch (JsonRefusedException | IllegalArgumentException | ArithmeticException unfit) {
                return unfit(field);
            }
        }
        if (cells.isEmpty() && !believed.live()) {
            // A row of nothing but an id is a record too.
            values.keySet().stream().findFirst().ifPresent(field -> cells.put(field, new Cell(Value.NULL, stamp)));
        }
        return new Edit(new RecordState(cells, Stamp.NONE));
    }

    private Value value(String field, Value shown, Value before, Stamp stamp) {
        return switch (collection.mergeRule(field)) {
            case COUNTER -> counted(field, shown, before);
            case UNION -> united(shown, before, stamp);
            case LAST_WRITE, MAX, MIN, SERVER, REVIEW ->
                shown instanceof Value.Json json ? new Value.Json(CanonicalJson.of(json.canonical())) : shown;
        };
    }

    private Value counted(String field, Value shown, Value before) {
        if (shown.isNull() && before.isNull()) {
            return before;
        }
        int scale = collection.field(field).map(Field::scale).orElse(0);
        CounterValue counter = before instanceof CounterValue known ? known : CounterValue.zero(scale);
        long units = switch (shown) {
            case Value.Int number -> number.number();
            case Value.Decimal number -> number.number().movePointRight(scale).longValueExact();
            case Value.Null ignored -> 0;
            default -> throw new IllegalArgumentException("a counter is shown as a number");
        };
        long more = Math.subtractExact(units, counter.sum());
        return more == 0 && !before.isNull() ? before : counter.add(incarnation, more);
    }

    private Value united(Value shown, Value before, Stamp stamp) {
        if (shown.isNull() && before.isNull()) {
            return before;
        }
        SetValue set = before instanceof SetValue known ? known : SetValue.EMPTY;
        SortedSet<String> wanted = shown instanceof Value.Text text ? elements(text.text()) : new TreeSet<>();
        for (String gone : set.members()) {
            set = wanted.contains(gone) ? set : set.remove(gone);
        }
        for (String come : wanted) {
            set = set.members().contains(come) ? set : set.add(come, incarnation, stamp.time());
        }
        return set;
    }

    private static SortedSet<String> elements(String json) {
        if (!(JsonText.read(json) instanceof JsonTree.Elements array)) {
            throw new IllegalArgumentException("a set is shown as a JSON array");
        }
        SortedSet<String> elements = new TreeSet<>();
        for (JsonTree element : array.elements()) {
            if (!(element instanceof JsonTree.Text text)) {
                throw new IllegalArgumentException("a set is shown as a JSON array of texts");
            }
            elements.add(text.text());
        }
        return elements;
    }
}
