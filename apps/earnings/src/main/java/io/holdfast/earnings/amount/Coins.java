package io.holdfast.earnings.amount;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Violation;
import java.math.BigDecimal;
import java.util.List;

/**
 * An amount of coins that is not negative: a DECIMAL(18,8), counted in units of its last digit. As a rate it is coins per hour.
 *
 * @param units 0 to {@link #UNITS_MAX}
 */
public record Coins(long units) implements Comparable<Coins> {

    /** Digits after the point. */
    public static final int SCALE = 8;

    /** Digits in all. */
    public static final int PRECISION = 18;

    /** The most that a DECIMAL(18,8) holds: 9,999,999,999.99999999. */
    public static final long UNITS_MAX = 999_999_999_999_999_999L;

    /** Nothing. */
    public static final Coins ZERO = new Coins(0);

    /** Refuses what no DECIMAL(18,8) holds, and what is negative. */
    public Coins {
        if (units < 0 || units > UNITS_MAX) {
            throw new IllegalArgumentException("an amount has 0 to " + UNITS_MAX + " units");
        }
    }

    /**
     * An amount from a number, exactly.
     *
     * @param field what it is for, named if it is refused
     * @throws RecordRefusedException FIELD_RANGE if it is negative or too large, FIELD_PRECISION if it has more than eight digits
     *     after the point; with the field, the number and what to do
     */
    public static Coins of(String field, BigDecimal number) {
        return of(field, number, number.toString());
    }

    private static Coins of(String field, BigDecimal number, String shown) {
        if (number.signum() == 0) {
            return ZERO;
        }
        if (number.signum() < 0) {
            throw refused(ErrorCode.FIELD_RANGE, field, shown, "Give an amount that is not negative.");
        }
        // Compared by digits first: a number like 1E+1000000000 must not be written out.
        if ((long) number.precision() - number.scale() > PRECISION - SCALE) {
            throw refused(ErrorCode.FIELD_RANGE, field, shown, "Give at most 9999999999.99999999.");
        }
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() > SCALE) {
            throw refused(ErrorCode.FIELD_PRECISION, field, shown, "Round it to eight digits after the point.");
        }
        return new Coins(plain.movePointRight(SCALE).longValueExact());
    }

    /**
     * An amount from decimal digits, as people write it.
     *
     * @throws RecordRefusedException as {@link #of(String, BigDecimal)}, and FIELD_TYPE if it is no number: NaN and infinities too
     */
    public static Coins parse(String field, String text) {
        try {
            return of(field, new BigDecimal(text.strip()), text);
        } catch (NumberFormatException notANumber) {
            throw refused(ErrorCode.FIELD_TYPE, field, text, "Write it in digits, like 12.5.");
        }
    }

    private static RecordRefusedException refused(ErrorCode code, String field, String shown, String advice) {
        return new RecordRefusedException(List.of(new Violation(code, field, Violation.shortened(shown), advice)));
    }

    /** The amount as a number with eight digits after the point. */
    public BigDecimal number() {
        return BigDecimal.valueOf(units, SCALE);
    }

    @Override
    public int compareTo(Coins other) {
        return Long.compare(units, other.units);
    }

    /** Ten digits at most, the point, eight digits. */
    @Override
    public String toString() {
        return number().toPlainString();
    }
}
