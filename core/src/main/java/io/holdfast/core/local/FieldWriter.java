package io.holdfast.core.local;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.IncarnationOrder;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns what a caller asks of one field into the value that travels, or into nothing if the field already is so. */
final class FieldWriter {

    private final CollectionSchema schema;
    private final Stamp stamp;

    FieldWriter(CollectionSchema schema, Stamp stamp) {
        this.schema = schema;
        this.stamp = stamp;
    }

    /** The value to write; empty if the visible value already answers the edit. */
    Optional<Value> write(String name, FieldEdit edit, Value visible) {
        Field field = schema.field(name)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.FIELD_UNKNOWN, schema.name() + " has no field " + name + ": check the name."));
        return switch (edit) {
            case FieldEdit.Assign assign -> assign(field, assign.value(), visible);
            case FieldEdit.Add add -> require(field, MergeRule.COUNTER).add(field, add.units(), visible);
            case FieldEdit.Amend amend -> require(field, MergeRule.UNION).amend(amend, visible);
            case FieldEdit.Replace replace -> require(field, MergeRule.UNION).replace(replace, visible);
        };
    }

    private Optional<Value> assign(Field field, Value value, Value visible) {
        return switch (field.merge()) {
            case LAST_WRITE, SERVER, REVIEW -> value.equals(visible) ? Optional.empty() : Optional.of(value);
            case MAX -> extreme(field, value, visible, 1);
            case MIN -> extreme(field, value, visible, -1);
            case COUNTER ->
                value.isNull() ? keep(field, visible) : add(field, difference(field, value, visible), visible);
            case UNION -> value.isNull() ? keep(field, visible) : refuse(field, "takes add and remove, not a value");
        };
    }

    private static Optional<Value> extreme(Field field, Value value, Value visible, int sign) {
        if (value.isNull()) {
            return keep(field, visible);
        }
        if (!visible.isNull() && !value.getClass().equals(visible.getClass())) {
            // What the order of types puts behind would never be written, and so never be checked.
            throw new RecordRefusedException(List.of(Violation.of(
                    ErrorCode.FIELD_TYPE,
                    field,
                    value.getClass().getSimpleName(),
                    "Write a value of type " + field.type() + ".")));
        }
        boolean moves = visible.isNull() || sign * ValueOrder.compare(value, visible) > 0;
        return moves ? Optional.of(value) : Optional.empty();
    }

    private static long difference(Field field, Value value, Value visible) {
        try {
            return Math.subtractExact(
                    units(field, value), counter(field, visible).sum());
        } catch (ArithmeticException e) {
            throw new HoldfastException(
                    ErrorCode.FIELD_RANGE,
                    "The counter " + field.name() + " cannot be set to that: use a nearer number.",
                    e);
        }
    }

    private Optional<Value> add(Field field, long units, Value visible) {
        if (units == 0) {
            return Optional.empty();
        }
        try {
            CounterValue next = counter(field, visible).add(stamp.incarnation(), units);
            SortedMap<Long, CounterValue.Total> own = new TreeMap<>(IncarnationOrder.UNSIGNED);
            own.put(stamp.incarnation(), next.totals().get(stamp.incarnation()));
            return Optional.of(new CounterValue(own, next.scale()));
        } catch (ArithmeticException e) {
            throw new HoldfastException(
                    ErrorCode.FIELD_RANGE, "The counter " + field.name() + " cannot count that far: add less.", e);
        }
    }

    private Optional<Value> amend(FieldEdit.Amend amend, Value visible) {
        SetValue before = set(visible);
        SetValue after = before;
        for (String element : amend.remove()) {
            after = after.remove(element);
        }
        for (String element : amend.add()) {
            after = after.add(element, stamp.incarnation(), stamp.time());
        }
        return news(before, after);
    }

    private Optional<Value> replace(FieldEdit.Replace replace, Value visible) {
        SetValue before = set(visible);
        SetValue after = before;
        for (String element : before.members()) {
            if (!replace.elements().contains(element)) {
                after = after.remove(element);
            }
        }
        for (String element : replace.elements()) {
            if (!before.members().contains(element)) {
                after = after.add(element, stamp.incarnation(), stamp.time());
            }
        }
        return news(before, after);
    }

    private static Optional<Value> news(SetValue before, SetValue after) {
        SetValue news = after.since(before);
        return news.elements().isEmpty() ? Optional.empty() : Optional.of(news);
    }

    private FieldWriter require(Field field, MergeRule rule) {
        if (field.merge() != rule) {
            refuse(field, "merges by " + field.merge() + " and takes a plain value");
        }
        return this;
    }

    private static Optional<Value> keep(Field field, Value visible) {
        return visible.isNull()
                ? Optional.empty()
                : refuse(field, "merges by " + field.merge() + " and cannot be cleared");
    }

    private static Optional<Value> refuse(Field field, String why) {
        throw new HoldfastException(
                ErrorCode.FIELD_OPERATION,
                "The field " + field.name() + " " + why + ".",
                Map.of("field", field.name()));
    }

    private static long units(Field field, Value value) {
        BigDecimal number = switch (value) {
            case Value.Int whole -> BigDecimal.valueOf(whole.number());
            case Value.Decimal decimal -> decimal.number();
            default ->
                throw new HoldfastException(ErrorCode.FIELD_TYPE, "The counter " + field.name() + " takes a number.");
        };
        return number.movePointRight(field.scale()).longValueExact();
    }

    private static CounterValue counter(Field field, Value visible) {
        return visible instanceof CounterValue counter ? counter : CounterValue.zero(field.scale());
    }

    private static SetValue set(Value visible) {
        return visible instanceof SetValue set ? set : SetValue.EMPTY;
    }
}
