package io.holdfast.testkit.gen;

import io.holdfast.testkit.random.SeededRandom;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers, as a sign and a magnitude: shrinking lowers the magnitude and prefers the positive. */
final class Numbers {

    private static final int LIMB_DIGITS = 18;

    private Numbers() {}

    static Gen<Long> longs(long min, long max) {
        if (min > max) {
            throw new IllegalArgumentException("min must be at most max, are " + min + " and " + max);
        }
        if (min >= 0) {
            Choices.Sampler sampler = magnitudes(max - min);
            return choices -> min + choices.draw(max - min, sampler);
        }
        if (max <= 0) {
            Choices.Sampler sampler = magnitudes(max - min);
            return choices -> max - choices.draw(max - min, sampler);
        }
        // The magnitude of Long.MIN_VALUE is right only as an unsigned number, which is how choices are read.
        Choices.Sampler negative = magnitudes(-min);
        Choices.Sampler positive = magnitudes(max);
        return choices -> choices.draw(1) == 1 ? -choices.draw(-min, negative) : choices.draw(max, positive);
    }

    static Gen<Double> doubles() {
        Gen<Long> whole = longs(-(1L << 53), 1L << 53);
        return choices -> switch (choices.index(4)) {
            case 0 -> (double) whole.next(choices);
            case 1 -> whole.next(choices) / 100.0;
            case 2 -> Gens.pick(EDGES).next(choices);
            default -> finite(choices.draw(-1L));
        };
    }

    private static final Double[] EDGES = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE
    };

    private static double finite(long bits) {
        double value = Double.longBitsToDouble(bits);
        // Infinities and NaN have all bits of the exponent set; clearing one gives a large number of the same sign.
        return Double.isFinite(value) ? value : Double.longBitsToDouble(bits & ~(1L << 52));
    }

    static Gen<BigDecimal> decimals(int precision, int scale) {
        if (precision < 1 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(
                    "a decimal needs 0 <= scale <= precision and precision >= 1, are " + scale + " and " + precision);
        }
        int limbs = (precision + LIMB_DIGITS - 1) / LIMB_DIGITS;
        Gen<Long> first = longs(0, powerOfTen(precision - (limbs - 1) * LIMB_DIGITS) - 1);
        Gen<Long> further = longs(0, powerOfTen(LIMB_DIGITS) - 1);
        return choices -> {
            boolean negative = choices.draw(1) == 1;
            BigInteger unscaled = BigInteger.valueOf(first.next(choices));
            for (int i = 1; i < limbs; i++) {
                BigInteger shifted = unscaled.multiply(BigInteger.valueOf(powerOfTen(LIMB_DIGITS)));
                unscaled = shifted.add(BigInteger.valueOf(further.next(choices)));
            }
            return new BigDecimal(negative ? unscaled.negate() : unscaled, scale);
        };
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /**
     * Samples from 0 to {@code max}, unsigned: an eighth at the edges (the ends, their neighbours, powers of two and theirs), a quarter
     * below 32, a quarter evenly over bit lengths, the rest evenly over values. Most bugs with numbers live at the first two.
     */
    static Choices.Sampler magnitudes(long max) {
        return random -> {
            long kind = random.upTo(7);
            if (kind == 0) {
                return edge(max, random);
            }
            if (kind <= 2) {
                return random.upTo(Long.compareUnsigned(max, 31) < 0 ? max : 31);
            }
            return kind <= 4 ? random.nextLong() >>> random.upTo(63) : random.upTo(max);
        };
    }

    private static long edge(long max, SeededRandom random) {
        return switch ((int) random.upTo(5)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> max;
            case 3 -> max == 0 ? 0 : max - 1;
            case 4 -> 1L << random.upTo(63);
            default -> (1L << random.upTo(63)) - 1;
        };
    }
}
