package io.holdfast.server.storage.sql;

import io.holdfast.core.schema.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Decimals of more than 18 digits as text whose bytewise order is that of the numbers: {@code 1} and the unscaled digits,
 * padded with zeros to {@value #DIGITS}, for zero and above; {@code 0} and the nine's complement of the digits below zero.
 */
final class WideDecimal {

    /** As many as a DECIMAL can have, so that one with more digits than before stands as it stood. */
    static final int DIGITS = FieldType.Decimal.PRECISION_MAX;

    private WideDecimal() {}

    static String encode(BigDecimal number) {
        String magnitude = number.unscaledValue().abs().toString();
        String padded = "0".repeat(DIGITS - magnitude.length()) + magnitude;
        return number.signum() < 0 ? "0" + complement(padded) : "1" + padded;
    }

    /** @throws NumberFormatException if the text is anything else */
    static BigDecimal decode(String text, int scale) {
        if (text.length() != DIGITS + 1 || !text.chars().allMatch(c -> c >= '0' && c <= '9') || text.charAt(0) > '1') {
            throw new NumberFormatException("not a wide decimal");
        }
        String digits = text.substring(1);
        boolean negative = text.charAt(0) == '0';
        BigInteger magnitude = new BigInteger(negative ? complement(digits) : digits);
        return new BigDecimal(negative ? magnitude.negate() : magnitude, scale);
    }

    private static String complement(String digits) {
        StringBuilder complement = new StringBuilder(digits.length());
        digits.chars().forEach(digit -> complement.append((char) ('0' + '9' - digit)));
        return complement.toString();
    }
}
