package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Blanks;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people and spreadsheet programs write them in text: padded, with commas by thousands, in parentheses for
 * negative, with a currency sign, with full-width digits. Stateless.
 */
public final class NumberText {

    private static final int LENGTH_MAX = 40;

    private static final Pattern NUMBER = Pattern.compile(
            "(?<open>\\()?(?<sign>[-+\u2212])?(?:[$\u20ac\u00a3\u00a5](?<sign2>-)?)?\\s*"
                    + "(?<digits>\\d{1,3}(?:,\\d{3})+|\\d+)?(?<fraction>\\.\\d*)?(?<exponent>[eE][-+]\\d{1,3})?(?<close>\\))?");

    private NumberText() {}

    /** The text as half-width characters without padding. */
    public static String plain(String text) {
        String stripped = Blanks.strip(text);
        for (int at = 0; at < stripped.length(); at++) {
            if (stripped.charAt(at) >= '\u3000') {
                return Blanks.strip(Normalizer.normalize(stripped, Normalizer.Form.NFKC));
            }
        }
        return stripped;
    }

    /** A lone dash is how the accounting format shows zero; it says so only in a column of numbers. */
    public static boolean isDash(String plain) {
        return plain.equals("-") || plain.equals("\u2013") || plain.equals("\u2014");
    }

    /** Digits that begin with a zero, such as {@code 00501}, are a name and no number. */
    static boolean hasLeadingZero(String plain) {
        return plain.length() > 1 && plain.charAt(0) == '0' && Character.isDigit(plain.charAt(1));
    }

    /** Whether it is digits only, of which the first is a zero and not the only one. */
    static boolean isCode(String plain) {
        return hasLeadingZero(plain) && plain.chars().allMatch(Character::isDigit);
    }

    /** The number that a plain text writes; empty if it writes none. */
    public static Optional<BigDecimal> parse(String plain) {
        if (plain.isEmpty() || plain.length() > LENGTH_MAX || hasLeadingZero(plain)) {
            return Optional.empty();
        }
        Matcher parts = NUMBER.matcher(plain);
        if (!parts.matches() || (parts.group("open") == null) != (parts.group("close") == null)) {
            return Optional.empty();
        }
        String digits = text(parts, "digits").replace(",", "");
        String fraction = text(parts, "fraction");
        if (digits.isEmpty() && fraction.length() < 2) {
            return Optional.empty();
        }
        String point = fraction.equals(".") ? "" : fraction;
        BigDecimal number = new BigDecimal(digits + point + text(parts, "exponent"));
        boolean negative = parts.group("open") != null
                || text(parts, "sign").equals("-")
                || text(parts, "sign").equals("\u2212")
                || !text(parts, "sign2").isEmpty();
        return Optional.of(negative ? number.negate() : number);
    }

    private static String text(Matcher parts, String group) {
        String found = parts.group(group);
        return found == null ? "" : found;
    }
}
