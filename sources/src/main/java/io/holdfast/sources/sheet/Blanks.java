package io.holdfast.sources.sheet;

/** White space as spreadsheets have it: with no-break and ideographic spaces, and a stray byte order mark. Stateless. */
public final class Blanks {

    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Blanks() {}

    /** The text without white space around it. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The text without white space around it, and each run of it inside (line ends too) as one space. */
    public static String collapse(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (char letter : strip(text).toCharArray()) {
            boolean blank = isBlank(letter);
            if (!blank) {
                line.append(letter);
            } else if (line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString();
    }

    private static boolean isBlank(char letter) {
        return letter <= ' ' || letter == NO_BREAK_SPACE || letter == BYTE_ORDER_MARK || Character.isWhitespace(letter);
    }
}
