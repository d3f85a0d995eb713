package io.holdfast.sources.mapping;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.table.NumberText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Cells as instants and durations, to the microsecond; what is finer is refused. Days are their first moment in the zone.
 * Immutable.
 */
record CellTimes(ZoneId zone) {

    /** ISO 8601 with a blank or a T before the time, seconds and offset as one likes. */
    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][ ]HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Duration ONE_MICRO = Duration.of(1, ChronoUnit.MICROS);

    /** Microseconds since 1970-01-01T00:00Z. */
    long instant(Cell cell) {
        return switch (cell) {
            case Cell.Day day -> micros(day.day().atStartOfDay(zone).toInstant(), cell);
            case Cell.Moment moment -> micros(moment.moment().atZone(zone).toInstant(), cell);
            case Cell.Text text -> micros(parsed(text), cell);
            case Cell.Blank ignored -> throw noInstant(cell);
            case Cell.Numeral ignored -> throw noInstant(cell);
            case Cell.Clock ignored -> throw noInstant(cell);
            case Cell.Flag ignored -> throw noInstant(cell);
            case Cell.Failed ignored -> throw noInstant(cell);
        };
    }

    private Instant parsed(Cell.Text text) {
        try {
            TemporalAccessor found = TEXT.parseBest(
                    NumberText.plain(text.text()), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (found) {
                case OffsetDateTime whole -> whole.toInstant();
                case LocalDateTime local -> local.atZone(zone).toInstant();
                case LocalDate day -> day.atStartOfDay(zone).toInstant();
                default -> throw noInstant(text);
            };
        } catch (DateTimeException unreadable) {
            throw noInstant(text);
        }
    }

    private static long micros(Instant instant, Cell cell) {
        if (!instant.truncatedTo(ChronoUnit.MICROS).equals(instant)) {
            throw new CellRefusedException(
                    ErrorCode.FIELD_PRECISION,
                    cell.shown(),
                    "Write at most six digits after the point of the seconds.");
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static CellRefusedException noInstant(Cell cell) {
        return new CellRefusedException(
                ErrorCode.FIELD_TYPE,
                cell.shown(),
                "Write a day and time such as 2026-11-20 08:30, or say in the mapping how dates stand.");
    }

    /** Microseconds of a time of day, or of an ISO 8601 duration. */
    long duration(Cell cell) {
        try {
            Duration duration = switch (cell) {
                case Cell.Clock clock -> Duration.between(LocalTime.MIDNIGHT, clock.time());
                case Cell.Text text -> Duration.parse(NumberText.plain(text.text()));
                case Cell.Blank ignored -> throw noDuration(cell);
                case Cell.Numeral ignored -> throw noDuration(cell);
                case Cell.Day ignored -> throw noDuration(cell);
                case Cell.Moment ignored -> throw noDuration(cell);
                case Cell.Flag ignored -> throw noDuration(cell);
                case Cell.Failed ignored -> throw noDuration(cell);
            };
            if (!duration.truncatedTo(ChronoUnit.MICROS).equals(duration)) {
                throw new CellRefusedException(
                        ErrorCode.FIELD_PRECISION,
                        cell.shown(),
                        "Write at most six digits after the point of the seconds.");
            }
            return duration.dividedBy(ONE_MICRO);
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw noDuration(cell);
        }
    }

    private static CellRefusedException noDuration(Cell cell) {
        return new CellRefusedException(
                ErrorCode.FIELD_TYPE, cell.shown(), "Write a duration such as PT2H30M, or a time of day.");
    }
}
