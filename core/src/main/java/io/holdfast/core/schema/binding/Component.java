package io.holdfast.core.schema.binding;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One component of a bound record, and the field it stands for. Immutable and thread-safe.
 *
 * @param shape how the component says that the field holds nothing
 */
record Component(Field field, Shape shape, Converter<Object> converter) {

    /** How a component holds the field's value. */
    enum Shape {
        /** Always there. */
        PLAIN,
        /** Null stands for nothing. */
        NULLABLE,
        /** An {@link Optional}. */
        OPTIONAL,
        /** A {@link Set} of texts, empty for nothing. */
        SET
    }

    /**
     * What a component asks of its field; empty if it asks nothing, as an absent counter does.
     *
     * @throws Converter.UnfitException if the field cannot hold it
     */
    Optional<FieldEdit> edit(@Nullable Object object) {
        if (object instanceof Set<?> set && shape == Shape.SET) {
            return Optional.of(new FieldEdit.Replace(texts(set)));
        }
        Object content = object instanceof Optional<?> optional ? optional.orElse(null) : object;
        if (content != null) {
            return Optional.of(new FieldEdit.Assign(converter.toValue(content)));
        }
        if (object == null && shape != Shape.NULLABLE) {
            throw new Converter.UnfitException(ErrorCode.FIELD_REQUIRED, "Give it a value, or declare it @Nullable.");
        }
        return clearable() ? Optional.of(new FieldEdit.Assign(Value.NULL)) : Optional.empty();
    }

    /**
     * The component that shows a field's value.
     *
     * @throws Converter.UnfitException if it cannot
     */
    @Nullable
    Object object(Value value) {
        return switch (shape) {
            case SET -> value instanceof SetValue set ? set.members() : Set.of();
            case OPTIONAL -> value.isNull() ? Optional.empty() : Optional.of(converter.toObject(visible(value)));
            case NULLABLE -> value.isNull() ? null : converter.toObject(visible(value));
            case PLAIN -> plain(visible(value));
        };
    }

    private Object plain(Value value) {
        if (value.isNull()) {
            throw new Converter.UnfitException(
                    ErrorCode.FIELD_REQUIRED,
                    "The record holds nothing there; declare the component @Nullable to read it.");
        }
        return converter.toObject(value);
    }

    /** A counter's visible number, 0 if nobody has counted yet. */
    private Value visible(Value value) {
        if (field.merge() != MergeRule.COUNTER) {
            return value;
        }
        long units = value instanceof CounterValue counter ? counter.sum() : 0;
        return field.scale() == 0 ? new Value.Int(units) : new Value.Decimal(BigDecimal.valueOf(units, field.scale()));
    }

    private boolean clearable() {
        return switch (field.merge()) {
            case LAST_WRITE, SERVER, REVIEW -> true;
            case MAX, MIN, COUNTER, UNION -> false;
        };
    }

    private static Set<String> texts(Set<?> set) {
        Set<String> texts = new HashSet<>();
        for (Object element : set) {
            texts.add(Converter.text(String.valueOf(element)).text());
        }
        return texts;
    }
}
