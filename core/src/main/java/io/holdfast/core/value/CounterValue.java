package io.holdfast.core.value;

import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A counter that may be changed on many replicas at once: for each incarnation, the total it ever added and the total it
 * ever took away. Totals only grow, so merging takes the greater of each, and merging twice adds nothing.
 *
 * <p>Source: the PN-Counter of Shapiro, Preguiça, Baquero and Zawirski, "A comprehensive study of Convergent and
 * Commutative Replicated Data Types", INRIA RR-7506 (2011), keyed by incarnation instead of replica so that a copied
 * store never shares a key with its original.
 *
 * <p>Amounts are unscaled: of a DECIMAL(p,s) counter one unit is 10<sup>-s</sup>, and {@code scale} says so.
 *
 * @param totals by incarnation (64 bits, in {@link IncarnationOrder}); copied, never changed
 * @param scale digits after the decimal point, 0 for INTEGER
 */
public record CounterValue(SortedMap<Long, Total> totals, int scale) implements Value {

    /**
     * What one incarnation added and took away over its life.
     *
     * @param added at least 0
     * @param taken at least 0
     */
    public record Total(long added, long taken) {
        static final Total ZERO = new Total(0, 0);

        /** Refuses negative totals. */
        public Total {
            if (added < 0 || taken < 0) {
                throw new IllegalArgumentException("counter totals only grow");
            }
        }

        Total mergedWith(Total other) {
            return new Total(Math.max(added, other.added), Math.max(taken, other.taken));
        }

        /** @throws ArithmeticException if a total leaves 63 bits */
        Total plus(long amount) {
            return amount >= 0
                    ? new Total(Math.addExact(added, amount), taken)
                    : new Total(added, Math.addExact(taken, Math.negateExact(amount)));
        }
    }

    /** Copies the totals. */
    public CounterValue {
        TreeMap<Long, Total> copy = new TreeMap<>(IncarnationOrder.UNSIGNED);
        copy.putAll(totals);
        totals = Collections.unmodifiableSortedMap(copy);
    }

    /** A counter that nobody has touched. */
    public static CounterValue zero(int scale) {
        return new CounterValue(new TreeMap<>(), scale);
    }

    /** The visible value in units, clamped to 64 bits. */
    public long sum() {
        BigInteger sum = BigInteger.ZERO;
        for (Total total : totals.values()) {
            sum = sum.add(BigInteger.valueOf(total.added)).subtract(BigInteger.valueOf(total.taken));
        }
        if (sum.bitLength() < Long.SIZE) {
            return sum.longValue();
        }
        return sum.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /**
     * The counter after one incarnation added {@code amount} units (negative to take away).
     *
     * @throws ArithmeticException if that incarnation's total leaves 63 bits
     */
    public CounterValue add(long incarnation, long amount) {
        SortedMap<Long, Total> next = new TreeMap<>(totals);
        next.merge(incarnation, Total.ZERO.plus(amount), (old, ignored) -> old.plus(amount));
        return new CounterValue(next, scale);
    }

    /** The least counter that has at least every total of both. */
    public CounterValue mergedWith(CounterValue other) {
        SortedMap<Long, Total> next = new TreeMap<>(totals);
        other.totals.forEach((incarnation, total) -> next.merge(incarnation, total, Total::mergedWith));
        return new CounterValue(next, Math.max(scale, other.scale));
    }
}
