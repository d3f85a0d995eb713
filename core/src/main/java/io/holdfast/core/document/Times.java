package io.holdfast.core.document;

import io.holdfast.core.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Instants and durations in ISO 8601, to the microsecond. What is finer is refused, not rounded. */
final class Times {

    private static final Pattern INSTANT = Pattern.compile("([0-9]{4}|[+-][0-9]{4,9})-([0-9]{2})-([0-9]{2})T"
            + "([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,30}))?)?"
            + "(Z|[+-][0-9]{2}(?::?[0-9]{2})?)");
    private static final Pattern DURATION = Pattern.compile("(-)?P(?:([0-9]{1,18})W)?(?:([0-9]{1,18})D)?"
            + "(?:T(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:[.,]([0-9]{1,30}))?S)?)?");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final long MICROS = 1_000_000;
    private static final int MICRO_DIGITS = 6;
    private static final long[] SECONDS = {7 * 86_400L, 86_400, 3_600, 60, 1};

    private Times() {}

    /** Microseconds since 1970-01-01T00:00Z. */
    static long instant(String text) {
        Matcher parts = INSTANT.matcher(text);
        if (!parts.matches()) {
            throw new FieldRefusedException(
                    ErrorCode.FIELD_TYPE,
                    text,
                    "Write an instant with its offset, such as 2026-11-20T08:30:00Z or 2026-11-20T09:30:00+01:00.");
        }
        long micros = micros(text, parts.group(7));
        try {
            LocalDateTime local = LocalDateTime.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    Integer.parseInt(parts.group(4)),
                    Integer.parseInt(parts.group(5)),
                    parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6)));
            Instant instant = OffsetDateTime.of(local, ZoneOffset.of(parts.group(8)))
                    .toInstant()
                    .plus(micros, ChronoUnit.MICROS);
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw outOfRange(text);
            }
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeException noSuchDate) {
            throw outOfRange(text);
        }
    }

    /** The instant in ISO 8601, in UTC. */
    static String text(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString();
    }

    /** Microseconds. */
    static long duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches() || text.endsWith("P") || text.endsWith("T")) {
            throw new FieldRefusedException(
                    ErrorCode.FIELD_TYPE,
                    text,
                    "Write an ISO 8601 duration of weeks, days and time, such as P1DT2H30M or PT0.5S.");
        }
        BigInteger seconds = BigInteger.ZERO;
        for (int i = 0; i < SECONDS.length; i++) {
            seconds = seconds.add(part(parts.group(i + 2)).multiply(BigInteger.valueOf(SECONDS[i])));
        }
        BigInteger micros =
                seconds.multiply(BigInteger.valueOf(MICROS)).add(BigInteger.valueOf(micros(text, parts.group(7))));
        BigInteger signed = parts.group(1) == null ? micros : micros.negate();
        if (signed.bitLength() >= Long.SIZE) {
            throw new FieldRefusedException(ErrorCode.FIELD_RANGE, text, "Use a duration of less than 292,000 years.");
        }
        return signed.longValue();
    }

    /** The duration in ISO 8601. */
    static String durationText(long micros) {
        Duration duration = Duration.of(micros, ChronoUnit.MICROS);
        return (micros < 0 ? "-" : "") + duration.abs();
    }

    private static BigInteger part(@Nullable String digits) {
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    private static long micros(String text, @Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        BigDecimal seconds = new BigDecimal("0." + fraction).stripTrailingZeros();
        if (seconds.scale() > MICRO_DIGITS) {
            throw new FieldRefusedException(
                    ErrorCode.FIELD_PRECISION, text, "Write at most six digits after the point of the seconds.");
        }
        return seconds.movePointRight(MICRO_DIGITS).longValueExact();
    }

    private static FieldRefusedException outOfRange(String text) {
        return new FieldRefusedException(
                ErrorCode.FIELD_RANGE, text, "Use a date and time that exist, in the years 0001 to 9999.");
    }
}
