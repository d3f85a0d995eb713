package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.random.SeededRandom;
import java.io.IOException;
import java.util.Optional;

/** One run of a property: kept cases, the simplest case, then random ones; the first failure is shrunk and reported. */
final class Trial {

    /** How many cases may be discarded for each that counts. */
    private static final int DISCARDS_PER_TRY = 10;

    private static final int DISCARDS_FREE = 100;

    private final String name;
    private final Effort effort;
    private final Body.Drawing body;
    private final Optional<Regressions> regressions;

    Trial(String name, Effort effort, Body.Drawing body, Optional<Regressions> regressions) {
        this.name = name;
        this.effort = effort;
        this.body = body;
        this.regressions = regressions;
    }

    void run() {
        runKept();
        SeededRandom random = new SeededRandom(effort.seed());
        int passed = effort.tries() > 1 && passes(Choices.replaying(), "the simplest case") ? 1 : 0;
        long discarded = 0;
        while (passed < effort.tries()) {
            if (passes(Choices.random(random.split()), "case " + (passed + 1) + " of " + effort.tries())) {
                passed++;
            } else if (++discarded > DISCARDS_FREE + (long) DISCARDS_PER_TRY * effort.tries()) {
                throw new AssertionError(
                        "Property \"" + name + "\" discarded " + discarded + " cases and could check only " + passed
                                + "; build fitting cases instead of discarding the others.");
            }
        }
    }

    private void runKept() {
        if (regressions.isPresent()) {
            for (long[] kept : regressions.get().read()) {
                passes(Choices.replaying(kept), "a kept case of " + regressions.get());
            }
        }
    }

    private boolean passes(Choices choices, String which) {
        return switch (Outcome.of(body, choices)) {
            case Outcome.Passed passed -> true;
            case Outcome.Discarded discarded -> false;
            case Outcome.Failed failed -> throw report(failed, which);
        };
    }

    private AssertionError report(Outcome.Failed first, String which) {
        Choices again = Choices.narrating(first.recording().choices());
        if (!(Outcome.of(body, again) instanceof Outcome.Failed)) {
            return new AssertionError(
                    heading(which)
                            + "\n  It did not fail again with the same choices: the body depends on more than its case."
                            + described(again) + replay(),
                    first.failure());
        }
        Candidates candidates = new Candidates(body, first, effort.shrinks());
        new Shrinker(candidates).shrink();
        return report(first, candidates, which);
    }

    private AssertionError report(Outcome.Failed first, Candidates candidates, String which) {
        Outcome.Failed smallest = candidates.best();
        // The value is built once more, because the body may have changed the one that it was given.
        Choices narrated = Choices.narrating(smallest.recording().choices());
        Outcome.of(body, narrated);
        String shrunk = "\n  shrunk: from " + first.recording().size() + " to "
                + smallest.recording().size() + " choices in "
                + candidates.improvements() + " steps"
                + (candidates.exhausted() ? ", stopped by the limit of " + effort.shrinks() + " cases" : "");
        AssertionError error = new AssertionError(
                heading(which) + described(narrated) + "\n  failure: " + smallest.failure() + replay() + shrunk,
                smallest.failure());
        regressions.ifPresent(file -> keep(file, smallest, narrated, error));
        return error;
    }

    private static void keep(Regressions file, Outcome.Failed smallest, Choices narrated, AssertionError error) {
        try {
            file.add(smallest.recording(), String.join("; ", narrated.notes()));
        } catch (IOException failure) {
            error.addSuppressed(failure);
        }
    }

    private String heading(String which) {
        return "Property \"" + name + "\" does not hold for " + which + ".";
    }

    private static String described(Choices narrated) {
        return "\n  smallest case: " + String.join("\n    ", narrated.notes());
    }

    private String replay() {
        return "\n  replay: -D" + Effort.SEED + "=" + effort.seed();
    }
}
