package io.holdfast.core.schema.binding;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which Java type stands for which type of field, and how one becomes the other. */
final class Converters {

    /**
     * A Java type's place in a schema.
     *
     * @param choices the only texts the Java type knows; empty for any
     */
    record Bound(FieldType type, Converter<?> converter, List<String> choices) {
        private Bound(FieldType type, Converter<?> converter) {
            this(type, converter, List.of());
        }
    }

    private Converters() {}

    /** What a boxed Java type becomes; empty if no field can hold it. A BigDecimal needs its digits. */
    static Optional<Bound> of(Class<?> type, Optional<FieldType.Decimal> digits) {
        if (type == BigDecimal.class) {
            return digits.map(Converters::decimal);
        }
        if (type.isEnum()) {
            return Optional.of(choice(type));
        }
        return simple(type);
    }

    private static Optional<Bound> simple(Class<?> type) {
        Bound bound = null;
        if (type == String.class) {
            bound = new Bound(Simple.TEXT, Converter.of(Value.Text.class, Converter::text, Value.Text::text));
        } else if (type == Long.class) {
            bound = new Bound(
                    Simple.INTEGER, Converter.<Long, Value.Int>of(Value.Int.class, Value.Int::new, Value.Int::number));
        } else if (type == Integer.class) {
            bound = new Bound(
                    Simple.INTEGER,
                    Converter.<Integer, Value.Int>of(Value.Int.class, Value.Int::new, Converter::narrow));
        } else if (type == Double.class) {
            bound = new Bound(
                    Simple.REAL,
                    Converter.<Double, Value.Real>of(Value.Real.class, Converter::real, Value.Real::number));
        } else if (type == Boolean.class) {
            bound = new Bound(
                    Simple.BOOLEAN,
                    Converter.<Boolean, Value.Bool>of(Value.Bool.class, Value.Bool::new, Value.Bool::flag));
        } else if (type == Instant.class) {
            bound = new Bound(Simple.INSTANT, Converter.of(Value.Time.class, Converter::time, Converters::instant));
        } else if (type == Duration.class) {
            bound = new Bound(Simple.DURATION, Converter.of(Value.Span.class, Converter::span, Converters::duration));
        } else if (type == byte[].class) {
            bound = new Bound(
                    Simple.BYTES,
                    Converter.<byte[], Value.Bytes>of(Value.Bytes.class, Value.Bytes::new, Value.Bytes::bytes));
        } else if (type == JsonText.class) {
            bound = new Bound(
                    Simple.JSON,
                    Converter.<JsonText, Value.Json>of(
                            Value.Json.class,
                            text -> new Value.Json(text.json()),
                            json -> new JsonText(json.canonical())));
        }
        return Optional.ofNullable(bound);
    }

    private static Bound decimal(FieldType.Decimal type) {
        return new Bound(
                type,
                Converter.of(
                        Value.Decimal.class,
                        number -> Converter.decimal(number, type.precision(), type.scale()),
                        Value.Decimal::number));
    }

    private static Bound choice(Class<?> type) {
        List<Enum<?>> constants = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
        Converter<Enum<?>> converter = Converter.of(
                Value.Text.class,
                constant -> new Value.Text(constant.name()),
                text -> constant(constants, text.text()));
        return new Bound(
                Simple.TEXT,
                converter,
                constants.stream().<String>map(Enum::name).toList());
    }

    private static Enum<?> constant(List<Enum<?>> constants, String name) {
        return constants.stream()
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Converter.UnfitException(
                        ErrorCode.FIELD_CHOICE, "Add the constant " + name + " to the enum."));
    }

    private static Instant instant(Value.Time time) {
        return Instant.EPOCH.plus(time.epochMicros(), ChronoUnit.MICROS);
    }

    private static Duration duration(Value.Span span) {
        return Duration.of(span.micros(), ChronoUnit.MICROS);
    }
}
