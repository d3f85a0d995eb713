package io.holdfast.simulation;

import io.holdfast.simulation.world.Tally;
import java.util.List;
import java.util.Optional;

/**
 * What became of one world.
 *
 * @param seed the world's
 * @param violation what must not have happened; empty if nothing
 * @param schedule what befell the world, one line a step; empty unless something went wrong
 * @param choices from which the same world is drawn again, in hexadecimal; empty unless something went wrong
 * @param tally what happened, in numbers
 */
public record Report(long seed, Optional<Violation> violation, List<String> schedule, String choices, Tally tally) {

    /** Copies. */
    public Report {
        schedule = List.copyOf(schedule);
    }

    /** Whether nothing went wrong. */
    public boolean clean() {
        return violation.isEmpty();
    }

    @Override
    public String toString() {
        if (violation.isEmpty()) {
            return "seed " + seed + ": clean";
        }
        return "seed " + seed + ": " + violation.get().getMessage() + "\n  " + String.join("\n  ", schedule)
                + "\n  choices: " + choices;
    }
}
