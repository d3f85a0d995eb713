package io.holdfast.simulation.check;

import io.holdfast.simulation.world.World;
import java.util.List;

/** The checkers of a world. */
public final class Checkers {

    private Checkers() {}

    /** One of each. */
    public static List<Checker> of(World world) {
        return List.of(
                new Conservation(world),
                new CursorNeverSkips(world),
                new Groups(),
                new Isolation(world),
                new Liveness(world),
                new Roots(world),
                new Convergence(world),
                new Counters(world),
                new Proofs(world));
    }
}
