package io.holdfast.testkit.property;

import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.system.Entropy;

/**
 * How much to try and from which seed.
 *
 * @param seed where the cases come from
 * @param tries how many cases must pass, from 1
 * @param shrinks the most cases to run while shrinking, from 0
 */
record Effort(long seed, int tries, int shrinks) {

    static final String SEED = "holdfast.seed";
    static final String TRIES = "holdfast.tries";
    private static final int TRIES_DEFAULT = 200;
    private static final int SHRINKS_DEFAULT = 5_000;

    Effort {
        if (tries < 1 || shrinks < 0) {
            throw new IllegalArgumentException(
                    "tries must be at least 1 and shrinks at least 0, are " + tries + " and " + shrinks);
        }
    }

    /** The usual effort for a property: the seed follows from its name, so that every run is the same. */
    static Effort usual(String name) {
        return new Effort(SeededRandom.seedOf(name), TRIES_DEFAULT, SHRINKS_DEFAULT);
    }

    Effort withSeed(long changed) {
        return new Effort(changed, tries, shrinks);
    }

    Effort withTries(int changed) {
        return new Effort(seed, changed, shrinks);
    }

    Effort withShrinks(int changed) {
        return new Effort(seed, tries, changed);
    }

    /** Returns this effort as the system properties {@code holdfast.seed} and {@code holdfast.tries} change it. */
    Effort adjusted() {
        String wanted = System.getProperty(SEED, "");
        String factor = System.getProperty(TRIES, "1");
        try {
            long adjustedSeed =
                    wanted.isEmpty() ? seed : wanted.equals("random") ? Entropy.seed() : Long.parseLong(wanted);
            return new Effort(adjustedSeed, Math.multiplyExact(tries, Integer.parseInt(factor)), shrinks);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "-D" + SEED + " must be a whole number or \"random\", -D" + TRIES
                            + " a whole number from 1; they are \"" + wanted + "\" and \"" + factor + "\".",
                    malformed);
        }
    }
}
