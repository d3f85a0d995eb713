package io.holdfast.simulation.check;

import io.holdfast.simulation.world.Mutation;
import io.holdfast.simulation.world.World;
import java.util.List;

/** The checkers of a world. */
public final class Checkers {

    private Checkers() {}

    /** One of each; under a deliberate defect that one alone which has to see it. */
    public static List<Checker> of(World world, Mutation mutation) {
        List<Checker> all = List.of(
                new Conservation(world),
                new CursorNeverSkips(world),
                new Groups(world),
                new Identity(world),
                new Isolation(world),
                new KeptOnDisk(),
                new KeptOnServer(world),
                new Liveness(world),
                new Roots(world),
                new Convergence(world),
                new Counters(world),
                new Proofs(world),
                new ProvenEqual(world),
                new Repairs(world));
        return mutation == Mutation.NONE
                ? all
                : all.stream()
                        .filter(checker -> checker.getClass().getSimpleName().equals(mutation.checker()))
                        .toList();
    }
}
