package io.holdfast.simulation;

import io.holdfast.simulation.world.Tally;
import io.holdfast.simulation.world.World;
import io.holdfast.simulation.world.WorldOptions;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Recording;
import io.holdfast.testkit.property.Smallest;
import io.holdfast.testkit.random.SeededRandom;
import java.util.List;
import java.util.Optional;

/** Runs worlds. The same seed and options give the same world, on every machine. */
public final class Worlds {

    /** Of so many seeds in a row the last has its devices' records in SQLite files. */
    private static final int FILES_EVERY = 50;

    private Worlds() {}

    /** Runs the world of a seed. In one of fifty the devices keep their records in SQLite files, in all others in memory. */
    public static Report run(long seed, WorldOptions usual) {
        WorldOptions options = of(seed, usual);
        Choices choices = Choices.random(new SeededRandom(seed));
        Attempt attempt = attempt(options, choices);
        if (attempt.violation().isEmpty()) {
            return new Report(seed, Optional.empty(), List.of(), "", attempt.tally());
        }
        return replay(seed, choices.recording().choices(), options);
    }

    /** Whether the devices of a seed's world keep their records in SQLite files. */
    public static boolean onFiles(long seed) {
        return seed > 0 && seed % FILES_EVERY == 0;
    }

    private static WorldOptions of(long seed, WorldOptions options) {
        return onFiles(seed) ? options.onFiles() : options;
    }

    /**
     * Runs a world from recorded choices.
     *
     * @param choices as {@link Report#choices} gives them
     */
    public static Report replay(String choices, WorldOptions options) {
        return replay(0, Recording.parse(choices), options);
    }

    private static Report replay(long seed, long[] choices, WorldOptions options) {
        Choices narrated = Choices.narrating(choices);
        Attempt attempt = attempt(options, narrated);
        return new Report(
                seed,
                attempt.violation(),
                narrated.notes(),
                narrated.recording().toString(),
                attempt.tally());
    }

    /**
     * Looks for a shorter and milder world in which the same checker is violated.
     *
     * @param failed a report with a violation
     * @param worldsMax how many worlds to try
     */
    public static Report shrink(Report failed, WorldOptions usual, int worldsMax) {
        WorldOptions options = of(failed.seed(), usual);
        String checker = failed.violation()
                .map(Violation::checker)
                .orElseThrow(() -> new IllegalArgumentException("only a failed world can be shrunk"));
        Recording smallest = Smallest.of(
                choices -> attempt(options, choices)
                        .violation()
                        .filter(violation -> violation.checker().equals(checker))
                        .ifPresent(violation -> {
                            throw violation;
                        }),
                Recording.parse(failed.choices()),
                worldsMax);
        return replay(failed.seed(), smallest.choices(), options);
    }

    private record Attempt(Optional<Violation> violation, Tally tally) {}

    private static Attempt attempt(WorldOptions options, Choices choices) {
        World world = new World(options, choices);
        try {
            world.run();
            return new Attempt(Optional.empty(), world.tally());
        } catch (Violation violation) {
            return new Attempt(Optional.of(violation), world.tally());
        } catch (RuntimeException defect) {
            String where = defect.getStackTrace().length > 0 ? " in " + defect.getStackTrace()[0] : "";
            return new Attempt(
                    Optional.of(new Violation(
                            "NothingUnforeseen " + defect.getClass().getSimpleName() + where, defect)),
                    world.tally());
        }
    }
}
