package io.holdfast.server.audit;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Ids that order as they were made: of 32 hexadecimal digits the first twelve are the clock's milliseconds, the others are random
 * (the content of a UUID of version 7, RFC 9562, without its hyphens). Stateless.
 */
public final class TimedId {

    private static final int DIGITS = 32;
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimedId() {}

    /** Whether a text has the form. */
    public static boolean isOne(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** The least of a millisecond: nothing has it, but it stands in the order of time. */
    public static String least(long millis) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(millis << 16) + hex.toHexDigits(0L);
    }

    /** A new one. */
    public static String next(InstantSource clock, RandomGenerator random) {
        long high = (clock.millis() << 16) | VERSION | (random.nextLong() & 0xfff);
        long low = (random.nextLong() >>> 2) | VARIANT;
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
