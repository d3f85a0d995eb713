package io.holdfast.core.json;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes a double as ECMAScript does (ECMA-262, Number::toString, the form RFC 8785 demands).
 *
 * <p>The digits come from {@link Double#toString}, which since Java 19 gives the shortest decimal that reads back as the same
 * double (Giulietti, "The Schubfach way to render doubles"). It always gives two digits at least, where ECMAScript is content
 * with one; that shows in a few subnormal numbers, as 4.9E-324, and is undone here.
 */
public final class CanonicalNumber {

    private static final int POINT_MAX = 21;
    private static final int POINT_MIN = -6;

    private CanonicalNumber() {}

    /** The text of a finite double; negative zero becomes {@code 0}. */
    public static String of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("only finite numbers have a JSON form");
        }
        if (number == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(number));
        String digits = shortest.unscaledValue().toString();
        return (number < 0 ? "-" : "") + layout(digits, digits.length() - shortest.scale());
    }

    private static BigDecimal shortest(double number) {
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            BigDecimal oneDigit = decimal.setScale(decimal.scale() - 1, RoundingMode.HALF_EVEN);
            if (oneDigit.doubleValue() == number) {
                return oneDigit.stripTrailingZeros();
            }
        }
        return decimal;
    }

    /** Sets digits out around a decimal point that stands after the first {@code point} of them. */
    private static String layout(String digits, int point) {
        int length = digits.length();
        if (length <= point && point <= POINT_MAX) {
            return digits + "0".repeat(point - length);
        }
        if (0 < point && point <= POINT_MAX) {
            return digits.substring(0, point) + '.' + digits.substring(point);
        }
        if (POINT_MIN < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        String mantissa = length == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + 'e' + (exponent < 0 ? '-' : '+') + Math.abs(exponent);
    }
}
