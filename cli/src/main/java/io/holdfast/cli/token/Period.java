package io.holdfast.cli.token;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Periods as people type them: {@code 90d}, {@code 12h}, {@code 30m}, {@code 45s}. Stateless. */
final class Period {

    private static final Pattern PERIOD = Pattern.compile("([0-9]{1,6})([dhms])");

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Period() {}

    /** @throws HoldfastException USAGE if it is none, nothing, or more than a hundred years */
    static Duration parse(String text) {
        Matcher parts = PERIOD.matcher(text);
        if (parts.matches()) {
            Duration period = unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
            if (period.isPositive() && period.compareTo(LONGEST) <= 0) {
                return period;
            }
        }
        throw new HoldfastException(
                ErrorCode.USAGE,
                "'" + text
                        + "' is no period a token can live; write it as 90d, 12h, 30m or 45s, up to a hundred years.");
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofSeconds(1);
        };
    }
}
