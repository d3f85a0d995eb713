package io.holdfast.core.value;

import java.util.Comparator;

/**
 * The order of well-formed texts by their UTF-8 bytes, which is that of their code points and of databases under {@code COLLATE
 * "C"}, without encoding them. Java's own order of strings differs from it above U+FFFF.
 *
 * <p>Source: the comparison in code point order of ICU ({@code u_strCompareCodePointOrder}).
 */
public final class TextOrder {

    /** The order as a comparator. */
    public static final Comparator<String> BYTEWISE = TextOrder::compare;

    private TextOrder() {}

    /** Negative, zero or positive as {@code left} is before, equal to or after {@code right}. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) || Character.isSurrogate(b) ? shifted(a) - shifted(b) : a - b;
            }
        }
        return left.length() - right.length();
    }

    /** Surrogates stand for code points above every other unit. */
    private static int shifted(char unit) {
        return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
    }
}
