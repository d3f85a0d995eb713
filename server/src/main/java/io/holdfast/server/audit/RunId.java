package io.holdfast.server.audit;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Names a run. Ids order as the runs began: the first twelve of the 32 hexadecimal digits are the clock's milliseconds, the
 * others are random (the content of a UUID of version 7, RFC 9562, without its hyphens).
 */
public record RunId(String text) implements Comparable<RunId> {

    private static final int DIGITS = 32;
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** Checks the form. */
    public RunId {
        if (!isRunId(text)) {
            throw new IllegalArgumentException("a run id has " + DIGITS + " hexadecimal digits");
        }
    }

    /** Whether a text could name a run. */
    public static boolean isRunId(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** A new one. */
    public static RunId next(InstantSource clock, RandomGenerator random) {
        long high = (clock.millis() << 16) | VERSION | (random.nextLong() & 0xfff);
        long low = (random.nextLong() >>> 2) | VARIANT;
        HexFormat hex = HexFormat.of();
        return new RunId(hex.toHexDigits(high) + hex.toHexDigits(low));
    }

    @Override
    public int compareTo(RunId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
