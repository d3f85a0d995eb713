package io.holdfast.cli.faults;

import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.system.Entropy;

/**
 * Where the random moments of a run come from: fresh each time, or {@code -Dholdfast.seed=N}. Processes of a real machine do not
 * repeat exactly, so the seed brings back the plan of a run, not each of its instants.
 */
final class Seed {

    private Seed() {}

    /** Numbers for a run, whose seed is printed. */
    static SeededRandom fresh(String run) {
        String wanted = System.getProperty("holdfast.seed", "random");
        long seed = wanted.equals("random") ? Entropy.seed() : Long.parseLong(wanted);
        System.out.println("faults: " + run + ": -Dholdfast.seed=" + seed);
        return new SeededRandom(seed);
    }
}
