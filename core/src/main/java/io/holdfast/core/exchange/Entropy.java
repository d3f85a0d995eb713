package io.holdfast.core.exchange;

import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.DigestSum;
import java.util.random.RandomGenerator;

/** Chance drawn before a decision, so that the decision itself stays a pure function and may be repeated. */
record Entropy(ScopeKey key, long epoch, long nextEpoch) {

    /** The name of a new scope's epoch. */
    String firstEpoch() {
        return Epochs.first(epoch);
    }

    /** How a scope begins. */
    ScopeHead firstHead(String scope) {
        return new ScopeHead(scope, key, firstEpoch(), 0, "", DigestSum.ZERO);
    }

    static Entropy draw(RandomGenerator random) {
        byte[] key = new byte[ScopeKey.LENGTH];
        random.nextBytes(key);
        return new Entropy(new ScopeKey(key), random.nextLong(), random.nextLong());
    }
}
