package io.holdfast.store.system;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The clock and the randomness of the machine. Thread-safe. */
public final class SystemSources {

    private static final SecureRandom RANDOM = new SecureRandom();

    private SystemSources() {}

    /** The machine's clock. */
    public static InstantSource clock() {
        return InstantSource.system();
    }

    /** Randomness that nobody can foresee: identities rest on it. */
    public static RandomGenerator random() {
        return RANDOM;
    }
}
