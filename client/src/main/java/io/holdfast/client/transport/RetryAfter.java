package io.holdfast.client.transport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the Retry-After header (RFC 9110, section 10.2.3): seconds, or a date. Stateless. */
final class RetryAfter {

    /** No server, and no proxy before it, silences a device for longer. */
    static final Duration MAX = Duration.ofHours(1);

    private static final int DIGITS_MAX = 9;

    private RetryAfter() {}

    /** Milliseconds to wait, 0 to {@link #MAX}; 0 if the header is empty or says nothing that can be understood. */
    static long millis(String header, Instant now) {
        String text = header.strip();
        if (text.isEmpty()) {
            return 0;
        }
        boolean number = text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long millis = number ? Long.parseLong(text) * 1_000 : untilDate(text, now);
        return Math.clamp(millis, 0, MAX.toMillis());
    }

    private static long untilDate(String text, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now, then).toMillis();
        } catch (DateTimeException | ArithmeticException notADate) {
            return 0;
        }
    }
}
