package io.holdfast.server.audit;

/** Texts as the journal keeps them: without what no database takes, and not longer than there is room. Stateless. */
final class LogText {

    /** Longest key, in characters: it stands in an index. */
    static final int KEY_MAX = 256;

    /** Longest sentence, in characters. */
    static final int SENTENCE_MAX = 1_000;

    /** Longest detail of an error, in characters. */
    static final int DETAIL_MAX = 8_000;

    private static final char REPLACEMENT = '\ufffd';
    private static final char CUT = '\u2026';

    private LogText() {}

    /** The text; its end is replaced by an ellipsis if it is too long. */
    static String of(String text, int max) {
        int end = text.length() <= max ? text.length() : max - 1;
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder kept = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                kept.append(c).append(text.charAt(++i));
            } else {
                kept.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return end < text.length() ? kept.append(CUT).toString() : kept.toString();
    }
}
