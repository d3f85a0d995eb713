package io.holdfast.core.schema.binding;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.WellFormedText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;

/**
 * Turns the Java object of a component into a value and back; neither is ever null. Immutable and thread-safe.
 *
 * @param <T> the component's type, boxed
 */
interface Converter<T> {

    /** @throws UnfitException if the field cannot hold the object exactly */
    Value toValue(T object);

    /** @throws UnfitException if the value is of another kind, or the component cannot hold it */
    T toObject(Value value);

    /** Why an object fits no field, or a value no component. */
    final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** The kind of misfit. */
        private final ErrorCode code;

        UnfitException(ErrorCode code, String advice) {
            super(advice, null, false, false);
            this.code = code;
        }

        ErrorCode code() {
            return code;
        }

        String advice() {
            return String.valueOf(getMessage());
        }
    }

    /** A converter of the values of one kind. */
    static <T, V extends Value> Converter<T> of(
            Class<V> kind, java.util.function.Function<T, V> toValue, java.util.function.Function<V, T> toObject) {
        return new Converter<>() {
            @Override
            public Value toValue(T object) {
                return toValue.apply(object);
            }

            @Override
            public T toObject(Value value) {
                if (!kind.isInstance(value)) {
                    throw new UnfitException(
                            ErrorCode.FIELD_TYPE,
                            "Read it by the schema instead: it holds a "
                                    + value.getClass().getSimpleName() + ".");
                }
                return toObject.apply(kind.cast(value));
            }
        };
    }

    /** Text. */
    static Value.Text text(String text) {
        if (!WellFormedText.isWellFormed(text)) {
            throw new UnfitException(ErrorCode.FIELD_TEXT, ErrorCode.FIELD_TEXT.action());
        }
        return new Value.Text(text);
    }

    /** A finite number. */
    static Value.Real real(double number) {
        if (!Double.isFinite(number)) {
            throw new UnfitException(ErrorCode.FIELD_RANGE, "Use a finite number.");
        }
        return new Value.Real(number);
    }

    /** A number that an {@code int} holds. */
    static int narrow(Value.Int number) {
        if (number.number() != (int) number.number()) {
            throw new UnfitException(ErrorCode.FIELD_RANGE, "Declare the component as long.");
        }
        return (int) number.number();
    }

    /** A decimal with the field's scale; trailing zeros come and go, other digits do not. */
    static Value.Decimal decimal(BigDecimal number, int precision, int scale) {
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() > scale) {
            throw new UnfitException(ErrorCode.FIELD_PRECISION, "Round it to " + scale + " digits after the point.");
        }
        if (stripped.signum() != 0 && (long) stripped.precision() - stripped.scale() > precision - scale) {
            throw new UnfitException(
                    ErrorCode.FIELD_RANGE, "Use at most " + (precision - scale) + " digits before the point.");
        }
        return new Value.Decimal(stripped.setScale(scale));
    }

    /** A point in time of whole microseconds. */
    static Value.Time time(Instant instant) {
        whole(instant, instant.truncatedTo(ChronoUnit.MICROS));
        return new Value.Time(micros(instant));
    }

    /** A duration of whole microseconds. */
    static Value.Span span(Duration duration) {
        if (duration.toNanosPart() % 1_000 != 0) {
            throw new UnfitException(ErrorCode.FIELD_PRECISION, "Round it to microseconds.");
        }
        try {
            long seconds = Math.multiplyExact(duration.getSeconds(), 1_000_000L);
            return new Value.Span(Math.addExact(seconds, duration.getNano() / 1_000));
        } catch (ArithmeticException beyond64Bits) {
            throw new UnfitException(ErrorCode.FIELD_RANGE, "Use a duration of less than 292,000 years.");
        }
    }

    private static void whole(Temporal given, Temporal truncated) {
        if (!given.equals(truncated)) {
            throw new UnfitException(ErrorCode.FIELD_PRECISION, "Round it to microseconds.");
        }
    }

    private static long micros(Instant instant) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (ArithmeticException beyond64Bits) {
            throw new UnfitException(ErrorCode.FIELD_RANGE, "Use the years 0001 to 9999.");
        }
    }
}
