package io.holdfast.client;

import java.time.Duration;

/**
 * How old the proofs that look at actual rows may grow before a running client makes them anew, by itself.
 *
 * @param scrubEvery every row against its digest (L1); repairs what it finds damaged
 * @param challengeEvery the actual rows of both sides under a fresh challenge (L2); tells what it finds
 */
public record ProofPace(Duration scrubEvery, Duration challengeEvery) {

    /** Once a week, and once a day. */
    public static ProofPace defaults() {
        return new ProofPace(Duration.ofDays(7), Duration.ofDays(1));
    }

    /** Refuses a pace without pause. */
    public ProofPace {
        if (!scrubEvery.isPositive() || !challengeEvery.isPositive()) {
            throw new IllegalArgumentException("the age of a proof is positive");
        }
    }
}
