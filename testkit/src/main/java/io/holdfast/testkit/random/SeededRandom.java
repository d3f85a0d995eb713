package io.holdfast.testkit.random;

import java.util.random.RandomGenerator;

/**
 * Random numbers that repeat: the same seed gives the same numbers on every machine and every JDK.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014). It is
 * written out here because the JDK fixes neither the algorithm of its generators nor that of their bounded methods; the
 * methods below depend on nothing but the seed. {@code nextDouble} and the remaining methods come from {@link RandomGenerator}.
 * Not for secrets. Not thread-safe: give each thread its own {@link #split()}.
 */
public final class SeededRandom implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Creates a generator whose numbers follow from {@code seed} alone. */
    public SeededRandom(long seed) {
        this.state = seed;
    }

    /** Returns the seed that belongs to a name: the same for the same name, always (FNV-1a over UTF-16, then mixed). */
    public static long seedOf(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    @Override
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, is " + bound);
        }
        return upTo(bound - 1);
    }

    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    /**
     * Returns a number from 0 to {@code max}, both included and both read as unsigned. The bias of the multiplication is below
     * {@code max / 2^64}, far under what a test could see.
     */
    public long upTo(long max) {
        long bound = max + 1;
        if ((bound & max) == 0) {
            return nextLong() & max;
        }
        return Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    /** Returns a generator whose numbers are independent of the further numbers of this one. */
    public SeededRandom split() {
        return new SeededRandom(nextLong());
    }

    /**
     * Returns the generator that belongs to {@code name}, without moving this one: parts of a world that draw from their own
     * generators do not disturb each other when one of them draws more.
     */
    public SeededRandom split(String name) {
        return new SeededRandom(mix(state ^ seedOf(name)));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
