package io.holdfast.sources.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/**
 * Numbers of workbooks that are days: serials from 1900, with the 29 February 1900 that never was, or from 1904 (ECMA-376,
 * part 1, 18.17.4). Immutable.
 *
 * @param from1904 whether the workbook counts from 1904
 */
public record ExcelDates(boolean from1904) {

    /** The day after 9999-12-31, in either system beyond what Excel shows. */
    private static final double SERIAL_END = 2_958_466;

    private static final int DAYS_TO_1904 = 1_462;
    private static final int FALSE_LEAP_DAY = 60;
    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MILLI_NANOS = 1_000_000;

    /** As many digits as Excel shows, so that 0.1 + 0.2 reads 0.3. */
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final int EXACT_DIGITS = 15;

    /** A number as Excel shows it, to 15 digits. */
    public static Cell number(double number) {
        return new Cell.Numeral(new BigDecimal(number, SHOWN));
    }

    /** Whether what is written so is certainly no more than 15 digits, so that no rounding is needed. */
    static boolean isShort(String digits) {
        return digits.length() <= EXACT_DIGITS && digits.indexOf('E') < 0 && digits.indexOf('e') < 0;
    }

    /** A number as the XML of a workbook writes it. */
    public static Cell number(String digits) {
        return isShort(digits) ? new Cell.Numeral(new BigDecimal(digits)) : number(Double.parseDouble(digits));
    }

    /** A serial under a format that shows days or times; the number itself where no day has that serial. */
    public Cell date(double serial) {
        if (!(serial >= 0 && serial < SERIAL_END)) {
            return number(serial);
        }
        long millis = Math.round((serial - Math.floor(serial)) * DAY_MILLIS);
        long whole = (long) Math.floor(serial) + millis / DAY_MILLIS;
        LocalTime time = LocalTime.ofNanoOfDay(millis % DAY_MILLIS * MILLI_NANOS);
        if (whole == 0 && serial > 0 && !from1904) {
            return new Cell.Clock(time);
        }
        LocalDate day = day(whole);
        return time.equals(LocalTime.MIDNIGHT) ? new Cell.Day(day) : new Cell.Moment(LocalDateTime.of(day, time));
    }

    /** The day of a whole serial. */
    public LocalDate day(long serial) {
        if (from1904) {
            return DAY_0.plusDays(serial + DAYS_TO_1904);
        }
        return DAY_0.plusDays(serial < FALSE_LEAP_DAY ? serial + 1 : serial);
    }

    /**
     * Whether a number format shows days or times. Elapsed time ({@code [h]:mm}) is a number.
     *
     * @param id of the format; below 164 it may be built in
     * @param code of the format, empty if only the id is known
     */
    public static boolean isDate(int id, String code) {
        if (code.isEmpty()) {
            return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 || (id >= 50 && id <= 58);
        }
        String section = bare(code);
        return !section.equals("general") && section.chars().anyMatch(letter -> "ymdhs".indexOf(letter) >= 0);
    }

    /** The first section of a format's code in lower case, without literals; empty for elapsed time. */
    private static String bare(String code) {
        StringBuilder bare = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < code.length(); at++) {
            char letter = code.charAt(at);
            if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && letter == '[') {
                int end = code.indexOf(']', at);
                if (end < 0 || isElapsed(code, at, end)) {
                    return "";
                }
                at = end;
            } else if (!quoted && letter == ';') {
                break;
            } else if (!quoted && (letter == '\\' || letter == '_' || letter == '*')) {
                at++;
            } else if (!quoted) {
                bare.append(letter);
            }
        }
        return bare.toString().toLowerCase(Locale.ROOT);
    }

    /** {@code [h]}, {@code [mm]}: one of three letters, as often as one likes. */
    private static boolean isElapsed(String code, int open, int close) {
        String inside = code.substring(open + 1, close).toLowerCase(Locale.ROOT);
        return List.of("h", "m", "s").stream()
                .anyMatch(unit -> !inside.isEmpty() && inside.replace(unit, "").isEmpty());
    }
}
