package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Recording;
import java.nio.LongBuffer;
import java.util.HashSet;
import java.util.Set;

/** The smallest failure so far, and the means to try smaller ones within a budget. Not thread-safe. */
final class Candidates {

    private final Body.Drawing body;
    private final Set<LongBuffer> tried = new HashSet<>();
    private Outcome.Failed best;
    private int budget;
    private int improvements;

    Candidates(Body.Drawing body, Outcome.Failed first, int budget) {
        this.body = body;
        this.best = first;
        this.budget = budget;
    }

    Outcome.Failed best() {
        return best;
    }

    Recording recording() {
        return best.recording();
    }

    int improvements() {
        return improvements;
    }

    boolean exhausted() {
        return budget <= 0;
    }

    /** Runs the check on {@code choices} if they are smaller than the best; keeps them, and says so, if they fail alike. */
    boolean improve(long[] choices) {
        if (exhausted() || !smaller(choices) || !tried.add(LongBuffer.wrap(choices))) {
            return false;
        }
        budget--;
        Outcome outcome = Outcome.of(body, Choices.replaying(choices));
        if (!(outcome instanceof Outcome.Failed failed) || !failed.resembles(best)) {
            return false;
        }
        // What was drawn may differ from what was offered: choices left over, missing ones read as zero, others
        // lowered.
        if (failed.recording().compareTo(best.recording()) >= 0) {
            return false;
        }
        best = failed;
        improvements++;
        return true;
    }

    private boolean smaller(long[] choices) {
        return Recording.compare(choices, best.recording().choices()) < 0;
    }
}
