package io.holdfast.core.stamp;

import java.util.HexFormat;

/**
 * When and where a field was written: a hybrid logical time, and the incarnation that wrote it as the tie-breaker.
 *
 * <p>The text form, on the wire and in files, is 16 lower-case hexadecimal digits of the time, a dot, and 16 of the
 * incarnation; text order equals stamp order.
 *
 * @param time 48 bits of milliseconds since 1970 above 16 bits of counter; never negative; 0 means never
 * @param incarnation the 64 random bits of the store opening that wrote, compared as unsigned
 */
public record Stamp(long time, long incarnation) implements Comparable<Stamp> {

    /** Before every stamp: nothing was written. */
    public static final Stamp NONE = new Stamp(0, 0);

    private static final int TEXT_LENGTH = 33;
    private static final HexFormat HEX = HexFormat.of();

    /** Refuses a negative time. */
    public Stamp {
        if (time < 0) {
            throw new IllegalArgumentException("a stamp's time is not negative");
        }
    }

    /** Whether this is {@link #NONE}. */
    public boolean isNone() {
        return time == 0;
    }

    /** The wall-clock part, in milliseconds since 1970. */
    public long millis() {
        return HybridTime.millis(time);
    }

    /** The later of both. */
    public Stamp max(Stamp other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compareUnsigned(incarnation, other.incarnation);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Stamp parse(String text) {
        if (text.length() != TEXT_LENGTH || text.charAt(16) != '.') {
            throw new IllegalArgumentException("not a stamp");
        }
        return new Stamp(
                HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 17, TEXT_LENGTH));
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(time) + '.' + HEX.toHexDigits(incarnation);
    }
}
