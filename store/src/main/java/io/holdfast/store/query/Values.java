package io.holdfast.store.query;

import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Java objects as values. Stateless. */
final class Values {

    private static final int NANOS_PER_MICRO = 1_000;

    private Values() {}

    /**
     * The value of an object.
     *
     * @throws IllegalArgumentException if no kind of value stands for it exactly
     */
    static Value of(Object object) {
        return switch (object) {
            case Value value -> value;
            case String text -> new Value.Text(text);
            case Long number -> new Value.Int(number);
            case Integer number -> new Value.Int(number);
            case Short number -> new Value.Int(number);
            case Double number -> new Value.Real(number);
            case Float number -> new Value.Real(number);
            case BigDecimal number -> new Value.Decimal(number.scale() < 0 ? number.setScale(0) : number);
            case BigInteger number -> new Value.Decimal(new BigDecimal(number));
            case Boolean flag -> new Value.Bool(flag);
            case Instant instant -> new Value.Time(ChronoUnit.MICROS.between(Instant.EPOCH, whole(instant)));
            case Duration duration -> new Value.Span(micros(duration));
            case byte[] bytes -> new Value.Bytes(bytes);
            case Enum<?> constant -> new Value.Text(constant.name());
            default ->
                throw new IllegalArgumentException(
                        "no field holds a " + object.getClass().getName());
        };
    }

    private static Instant whole(Instant instant) {
        if (!instant.truncatedTo(ChronoUnit.MICROS).equals(instant)) {
            throw new IllegalArgumentException("instants are whole microseconds; truncate it first");
        }
        return instant;
    }

    private static long micros(Duration duration) {
        if (duration.getNano() % NANOS_PER_MICRO != 0) {
            throw new IllegalArgumentException("durations are whole microseconds; truncate it first");
        }
        return Math.addExact(
                Math.multiplyExact(duration.getSeconds(), 1_000_000), duration.getNano() / NANOS_PER_MICRO);
    }
}
