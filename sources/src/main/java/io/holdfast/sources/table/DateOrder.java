package io.holdfast.sources.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which order a date's parts stand. Years of two digits are 2000 to 2029 and 1930 to 1999, as in Excel. */
public enum DateOrder {
    /** {@code 31/12/17}. */
    DAY_MONTH_YEAR("DD/MM/YY"),
    /** {@code 12/31/17}. */
    MONTH_DAY_YEAR("MM/DD/YY"),
    /** {@code 2017-12-31}. */
    YEAR_MONTH_DAY("YYYY-MM-DD");

    private static final Pattern DATE = Pattern.compile("(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{1,4})");
    private static final int LONGEST = 10;
    private static final int YEAR_DIGITS = 4;
    private static final int LATEST_SHORT_YEAR = 29;
    private static final int CENTURY = 100;
    private static final int THIS_CENTURY = 2000;

    private final String pattern;

    DateOrder(String pattern) {
        this.pattern = pattern;
    }

    /** For people. */
    public String pattern() {
        return pattern;
    }

    /** The orders in which a plain text is a day that exists. */
    static Set<DateOrder> possible(String plain) {
        Set<DateOrder> orders = EnumSet.noneOf(DateOrder.class);
        if (plain.length() <= LONGEST && !plain.isEmpty() && Character.isDigit(plain.charAt(0))) {
            for (DateOrder order : values()) {
                if (order.parse(plain).isPresent()) {
                    orders.add(order);
                }
            }
        }
        return orders;
    }

    /** The day that a plain text writes in this order. */
    public Optional<LocalDate> parse(String plain) {
        Matcher parts = DATE.matcher(plain);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String first = parts.group(1);
        String second = parts.group(3);
        String third = parts.group(4);
        return switch (this) {
            case DAY_MONTH_YEAR -> day(third, second, first);
            case MONTH_DAY_YEAR -> day(third, first, second);
            case YEAR_MONTH_DAY -> first.length() == YEAR_DIGITS ? day(first, second, third) : Optional.empty();
        };
    }

    private static Optional<LocalDate> day(String year, String month, String day) {
        if (month.length() > 2 || day.length() > 2 || (year.length() != 2 && year.length() != YEAR_DIGITS)) {
            return Optional.empty();
        }
        int number = Integer.parseInt(year);
        int century = number <= LATEST_SHORT_YEAR ? THIS_CENTURY : THIS_CENTURY - CENTURY;
        try {
            return Optional.of(LocalDate.of(
                    year.length() == 2 ? century + number : number, Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
