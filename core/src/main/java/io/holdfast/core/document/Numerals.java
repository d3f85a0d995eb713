package io.holdfast.core.document;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.FieldType;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads numbers exactly, in JSON's grammar. Nothing is rounded and nothing passes through a double on its way to an
 * integer or a decimal. A huge exponent costs no more than a small one: magnitudes are compared before digits are written out.
 */
final class Numerals {

    private static final Pattern GRAMMAR = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int LENGTH_MAX = 1_000;
    private static final int LONG_DIGITS_MAX = 19;

    private Numerals() {}

    /** A whole number of 64 bits; {@code 1e3} and {@code 2.0} are whole. */
    static long integer(String literal) {
        BigDecimal number = exact(literal);
        if (number.scale() > 0) {
            throw new FieldRefusedException(ErrorCode.FIELD_PRECISION, literal, "Write a whole number.");
        }
        if (digitsBeforePoint(number) <= LONG_DIGITS_MAX) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException beyond64Bits) {
                throw outOfRange(literal, "Use a whole number of at most 64 bits.");
            }
        }
        throw outOfRange(literal, "Use a whole number of at most 64 bits.");
    }

    /** A finite double, the one nearest to the text. */
    static double real(String literal) {
        double number = Double.parseDouble(literal);
        if (Double.isInfinite(number)) {
            throw outOfRange(literal, "Use a number between -1.7976931348623157e308 and 1.7976931348623157e308.");
        }
        return number;
    }

    /** A decimal of exactly the type's scale. */
    static BigDecimal decimal(String literal, FieldType.Decimal type) {
        BigDecimal number = exact(literal);
        if (number.scale() > type.scale()) {
            throw new FieldRefusedException(
                    ErrorCode.FIELD_PRECISION, literal, "Write at most " + type.scale() + " digits after the point.");
        }
        if (number.signum() != 0 && digitsBeforePoint(number) > type.precision() - type.scale()) {
            throw outOfRange(
                    literal, "Write at most " + (type.precision() - type.scale()) + " digits before the point.");
        }
        return number.setScale(type.scale());
    }

    /** The number without trailing zeros. */
    private static BigDecimal exact(String literal) {
        if (literal.length() > LENGTH_MAX) {
            throw outOfRange(literal, "Write the number in at most " + LENGTH_MAX + " characters.");
        }
        if (!GRAMMAR.matcher(literal).matches()) {
            throw new FieldRefusedException(ErrorCode.FIELD_TYPE, literal, "Write a number such as 12 or -0.5.");
        }
        try {
            return new BigDecimal(literal).stripTrailingZeros();
        } catch (NumberFormatException exponentBeyond32Bits) {
            throw outOfRange(literal, "Use a smaller exponent.");
        }
    }

    private static long digitsBeforePoint(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }

    private static FieldRefusedException outOfRange(String literal, String advice) {
        return new FieldRefusedException(ErrorCode.FIELD_RANGE, literal, advice);
    }
}
