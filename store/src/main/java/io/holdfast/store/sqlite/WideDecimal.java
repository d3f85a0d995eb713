package io.holdfast.store.sqlite;

import io.holdfast.core.schema.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The text in which a DECIMAL of more than 18 digits stands in its column, so that bytewise order is numeric order: the
 * unscaled number padded with zeros to 38 digits; if negative, a minus sign and each digit {@code d} of the
 * padded number as the letter {@code 'j' - d} ({@code 0} is {@code j}, {@code 9} is {@code a}). The minus sign sorts before
 * the digits, and a greater magnitude before a lesser one.
 */
final class WideDecimal {

    /** Digits of every such text, whatever the field's precision, so that a field can be widened in place. */
    static final int DIGITS = FieldType.Decimal.PRECISION_MAX;

    private static final char ZERO_BELOW_ZERO = 'j';

    private WideDecimal() {}

    /** The column's text of an unscaled number. */
    static String encode(BigInteger unscaled) {
        String digits = unscaled.abs().toString();
        String padded = "0".repeat(DIGITS - digits.length()) + digits;
        return unscaled.signum() < 0 ? "-" + mirrored(padded) : padded;
    }

    /**
     * The number a column's text stands for.
     *
     * @throws NumberFormatException if the text is no such encoding
     */
    static BigDecimal decode(String text, int scale) {
        boolean negative = text.startsWith("-");
        BigInteger magnitude = new BigInteger(negative ? mirrored(text.substring(1)) : text);
        return new BigDecimal(negative ? magnitude.negate() : magnitude, scale);
    }

    /** The SQL expression that shows the digits of such a column, without sign and padding as they are. */
    static String digits(String column) {
        StringBuilder sql = new StringBuilder("ltrim(" + column + ",'-')");
        for (int digit = 0; digit <= 9; digit++) {
            sql.insert(0, "replace(")
                    .append(",'")
                    .append((char) (ZERO_BELOW_ZERO - digit))
                    .append("','")
                    .append(digit)
                    .append("')");
        }
        return sql.toString();
    }

    /** Digits to letters and letters to digits. */
    private static String mirrored(String text) {
        StringBuilder other = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && (c < 'a' || c > ZERO_BELOW_ZERO)) {
                throw new NumberFormatException("not an encoded decimal");
            }
            other.append((char) (digit ? ZERO_BELOW_ZERO - (c - '0') : '0' + (ZERO_BELOW_ZERO - c)));
        }
        return other.toString();
    }
}
