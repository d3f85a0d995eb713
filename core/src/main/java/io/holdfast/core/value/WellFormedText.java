package io.holdfast.core.value;

/** The rule that text is storable everywhere: no NUL (PostgreSQL refuses it), no lone surrogate (UTF-8 has no form for it). */
public final class WellFormedText {

    private WellFormedText() {}

    /** Whether every replica can hold the text bit for bit. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
