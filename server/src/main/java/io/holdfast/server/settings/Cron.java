package io.holdfast.server.settings;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;

/**
 * Points in time as crontab(5) has them, in UTC: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday), each
 * {@code *}, a number, a range {@code a-b}, a list {@code a,b}, any of them with a step {@code /n}. If neither of the days is
 * {@code *}, one of them is enough. Immutable.
 */
public final class Cron {

    /** A day of any month comes within four years, but for the 29th of February before 2100. */
    private static final int YEARS_MAX = 9;

    private static final int SUNDAY = 7;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private Cron(String[] fields) {
        minutes = bits(fields[0], 0, 59);
        hours = bits(fields[1], 0, 23);
        days = bits(fields[2], 1, 31);
        months = bits(fields[3], 1, 12);
        weekdays = bits(fields[4], 0, SUNDAY);
        if (weekdays.get(0)) {
            weekdays.set(SUNDAY);
        }
        anyDay = fields[2].startsWith("*");
        anyWeekday = fields[4].startsWith("*");
    }

    /**
     * Reads the five fields.
     *
     * @throws IllegalArgumentException whose message says what is wrong
     */
    public static Cron parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("expected five fields: minute hour day month weekday");
        }
        return new Cron(fields);
    }

    private static BitSet bits(String field, int least, int most) {
        BitSet bits = new BitSet(most + 1);
        for (String part : field.split(",", -1)) {
            String[] step = part.split("/", -1);
            String[] range = step[0].equals("*") ? new String[] {"" + least, "" + most} : step[0].split("-", -1);
            if (step.length > 2 || range.length > 2) {
                throw wrong(field, least, most);
            }
            int first = number(range[0], field, least, most);
            boolean open = range.length == 1 && step.length == 2;
            int last = open ? most : number(range[range.length - 1], field, least, most);
            int by = step.length == 1 ? 1 : number(step[1], field, 1, most);
            if (last < first) {
                throw wrong(field, least, most);
            }
            for (int i = first; i <= last; i += by) {
                bits.set(i);
            }
        }
        return bits;
    }

    private static int number(String text, String field, int least, int most) {
        if (text.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(field, least, most);
    }

    private static IllegalArgumentException wrong(String field, int least, int most) {
        return new IllegalArgumentException(
                "'" + field + "' is no list of numbers, ranges and steps from " + least + " to " + most);
    }

    /** The first point after an instant; nothing if no such day comes. */
    public Optional<Instant> after(Instant instant) {
        ZonedDateTime at =
                instant.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        int lastYear = at.getYear() + YEARS_MAX;
        while (at.getYear() <= lastYear) {
            if (!months.get(at.getMonthValue())) {
                at = at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!day(at)) {
                at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return Optional.of(at.toInstant());
            }
        }
        return Optional.empty();
    }

    private boolean day(ZonedDateTime at) {
        boolean byDay = days.get(at.getDayOfMonth());
        boolean byWeekday = weekdays.get(at.getDayOfWeek().getValue());
        boolean either = !anyDay && !anyWeekday;
        return either ? byDay || byWeekday : byDay && byWeekday;
    }
}
