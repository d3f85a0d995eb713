package io.holdfast.store.sqlite;

import io.holdfast.core.schema.FieldType;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import io.holdfast.store.query.Condition.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A number as a column of whole units sees it: between which two units it lies. A column that holds hundredths is less than
 * 1.555 exactly where it is less than 156 units, and never equal to it.
 *
 * @param below the greatest unit not above the number
 * @param above the least unit not below it
 * @param wide whether the column's units are {@link WideDecimal} text
 */
record NumberBound(BigInteger below, BigInteger above, boolean wide) {

    private static final BigInteger NARROW_LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger NARROW_GREATEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger WIDE_GREATEST =
            BigInteger.TEN.pow(WideDecimal.DIGITS).subtract(BigInteger.ONE);

    /** The number a value is, if it is one. */
    static Optional<BigDecimal> number(Value value) {
        return switch (value) {
            case Value.Int number -> Optional.of(BigDecimal.valueOf(number.number()));
            case Value.Decimal decimal -> Optional.of(decimal.number());
            case Value.Real real -> Optional.of(new BigDecimal(real.number()));
            case CounterValue counter -> Optional.of(BigDecimal.valueOf(counter.sum(), counter.scale()));
            default -> Optional.empty();
        };
    }

    static NumberBound of(Column column, BigDecimal number) {
        BigDecimal units = number.movePointRight(column.field().scale());
        return new NumberBound(
                units.setScale(0, RoundingMode.FLOOR).unscaledValue(),
                units.setScale(0, RoundingMode.CEILING).unscaledValue(),
                column.field().type() instanceof FieldType.Decimal decimal && Column.wide(decimal));
    }

    /** The unit to compare with. */
    BigInteger unit(Operator operator) {
        return switch (operator) {
            case EQUAL, LESS, AT_LEAST -> above;
            case AT_MOST, GREATER -> below;
        };
    }

    /** Whether some unit equals the number. */
    boolean exact() {
        return below.equals(above);
    }

    /** Negative or positive if a unit is below or above everything the column can hold, else zero. */
    int beyond(BigInteger unit) {
        if (unit.compareTo(wide ? WIDE_GREATEST : NARROW_GREATEST) > 0) {
            return 1;
        }
        return unit.compareTo(wide ? WIDE_GREATEST.negate() : NARROW_LEAST) < 0 ? -1 : 0;
    }

    /** A unit as the column holds it. */
    Object stored(BigInteger unit) {
        return wide ? WideDecimal.encode(unit) : (Object) unit.longValueExact();
    }
}
