package io.holdfast.core.exchange;

import io.holdfast.core.identity.ScopeKey;
import java.util.random.RandomGenerator;

/** Chance drawn before a decision, so that the decision itself stays a pure function and may be repeated. */
record Entropy(ScopeKey key, String firstEpoch, long nextEpoch) {

    static Entropy draw(RandomGenerator random) {
        byte[] key = new byte[ScopeKey.LENGTH];
        random.nextBytes(key);
        return new Entropy(new ScopeKey(key), Epochs.first(random), random.nextLong());
    }
}
