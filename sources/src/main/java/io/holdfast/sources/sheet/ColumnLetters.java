package io.holdfast.sources.sheet;

/** Columns by letters, as spreadsheet programs name them: A is 0, Z is 25, AA is 26. Stateless. */
public final class ColumnLetters {

    private static final int LETTERS = 26;

    private ColumnLetters() {}

    /** The letters of a column. */
    public static String of(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column; rest >= 0; rest = rest / LETTERS - 1) {
            letters.append((char) ('A' + rest % LETTERS));
        }
        return letters.reverse().toString();
    }

    /** The column that a reference such as {@code AB12} begins with; -1 if with none, or with one beyond the limit. */
    public static int column(String reference) {
        int column = 0;
        for (int at = 0; at < reference.length(); at++) {
            char letter = reference.charAt(at);
            if (letter < 'A' || letter > 'Z') {
                break;
            }
            column = column * LETTERS + letter - 'A' + 1;
            if (column > SheetLimits.COLUMNS_MAX) {
                return -1;
            }
        }
        return column - 1;
    }

    /** The row that a reference such as {@code AB12} ends with; -1 if with none. */
    public static long row(String reference) {
        int digits = reference.length();
        while (digits > 0 && reference.charAt(digits - 1) >= '0' && reference.charAt(digits - 1) <= '9') {
            digits--;
        }
        int length = reference.length() - digits;
        return length == 0 || length > 9 ? -1 : Long.parseLong(reference, digits, reference.length(), 10);
    }
}
