package io.holdfast.core.value;

/** The rule that text is storable everywhere: no NUL (PostgreSQL refuses it), no lone surrogate (UTF-8 has no form for it). */
public final class WellFormedText {

    private static final int FIRST_SURROGATE = Character.MIN_SURROGATE;

    private WellFormedText() {}

    /** Whether every replica can hold the text bit for bit. */
    public static boolean isWellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            // One comparison for nearly all there is: NUL becomes the largest of all.
            if ((char) (text.charAt(i) - 1) >= FIRST_SURROGATE - 1) {
                return isWellFormed(text, i);
            }
        }
        return true;
    }

    private static boolean isWellFormed(String text, int from) {
        for (int i = from; i < text.length(); i++) {
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
