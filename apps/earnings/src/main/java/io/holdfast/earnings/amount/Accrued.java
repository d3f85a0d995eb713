package io.holdfast.earnings.amount;

import java.math.BigInteger;

/**
 * What a rate comes to over a time, exactly: a whole number of parts, of which 3,600,000,000 make one unit of the last digit. A
 * rate is whole units an hour and a time whole microseconds, so that their product is a whole number of parts; sums of parts
 * are exact, and it does not matter in how many pieces a time was counted.
 *
 * <p>The one rule of rounding: {@link #coins} rounds down. What is left over stays in the parts and is not lost.
 *
 * @param parts not negative
 */
public record Accrued(BigInteger parts) implements Comparable<Accrued> {

    /** Parts of one unit: microseconds in an hour. */
    public static final long PARTS_PER_UNIT = 3_600_000_000L;

    /** Nothing. */
    public static final Accrued ZERO = new Accrued(BigInteger.ZERO);

    private static final BigInteger UNIT = BigInteger.valueOf(PARTS_PER_UNIT);
    private static final BigInteger UNITS_MAX = BigInteger.valueOf(Coins.UNITS_MAX);

    /** Refuses what is negative. */
    public Accrued {
        if (parts.signum() < 0) {
            throw new IllegalArgumentException("nobody accrues less than nothing");
        }
    }

    /** What a rate (coins an hour) comes to over so many microseconds, 0 or more. */
    public static Accrued of(Coins perHour, long micros) {
        return new Accrued(BigInteger.valueOf(perHour.units()).multiply(BigInteger.valueOf(micros)));
    }

    /** A stored amount and what was left over beside it, 0 to {@link #PARTS_PER_UNIT} exclusive. */
    public static Accrued stored(Coins coins, long left) {
        if (left < 0 || left >= PARTS_PER_UNIT) {
            throw new IllegalArgumentException("what is left over is less than a unit");
        }
        return new Accrued(BigInteger.valueOf(coins.units()).multiply(UNIT).add(BigInteger.valueOf(left)));
    }

    /** The sum. */
    public Accrued plus(Accrued other) {
        return new Accrued(parts.add(other.parts));
    }

    /** Whether a DECIMAL(18,8) holds it. */
    public boolean fits() {
        return parts.divide(UNIT).compareTo(UNITS_MAX) <= 0;
    }

    /**
     * Whole units, rounded down.
     *
     * @throws ArithmeticException if it does not {@link #fits fit}
     */
    public Coins coins() {
        if (!fits()) {
            throw new ArithmeticException("more than a DECIMAL(18,8) holds");
        }
        return new Coins(parts.divide(UNIT).longValueExact());
    }

    /** What {@link #coins} leaves over: 0 to {@link #PARTS_PER_UNIT} exclusive. */
    public long left() {
        return parts.mod(UNIT).longValueExact();
    }

    @Override
    public int compareTo(Accrued other) {
        return parts.compareTo(other.parts);
    }
}
