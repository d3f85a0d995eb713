package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Recording;

/** Shrinks a failure that was found elsewhere than by a {@link Property}. Stateless. */
public final class Smallest {

    private Smallest() {}

    /**
     * Looks for a smaller case that fails in the same way.
     *
     * @param body throws for the cases that fail; must depend on nothing but its choices
     * @param choices of a case that fails
     * @param triesMax how many cases to try, from 0
     * @return the smallest failing case found
     * @throws IllegalArgumentException if the given case does not fail
     */
    public static Recording of(Body.Drawing body, long[] choices, int triesMax) {
        if (!(Outcome.of(body, Choices.replaying(choices)) instanceof Outcome.Failed failed)) {
            throw new IllegalArgumentException("The case to shrink does not fail.");
        }
        Candidates candidates = new Candidates(body, failed, triesMax);
        new Shrinker(candidates).shrink();
        return candidates.recording();
    }
}
