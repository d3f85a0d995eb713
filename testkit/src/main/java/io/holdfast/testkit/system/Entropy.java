package io.holdfast.testkit.system;

import java.security.SecureRandom;

/** Fresh seeds for runs that are meant to differ each time. Thread-safe. */
public final class Entropy {

    private Entropy() {}

    /** Returns 64 bits that no earlier run has seen. */
    public static long seed() {
        return new SecureRandom().nextLong();
    }
}
