package io.holdfast.simulation.world;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Weighted;
import java.util.ArrayList;
import java.util.List;

/** Draws what befalls a world. The first alternative of everything is the mildest, so that shrinking makes worlds milder. */
final class Steps {

    private static final int[] PAUSES = {0, 0, 0, 1, 5, 30, 200, 1_000, 5_000, 40_000};
    private static final Choices.Sampler PAUSE = Weighted.sampler(20, 10, 10, 15, 12, 12, 10, 8, 4, 1);
    private static final Choices.Sampler OPS = Weighted.sampler(60, 20, 10, 6, 4);

    /** Writes, retries, discards, asking, challenges, fair weather, rules. */
    private static final int[] USUAL = {600, 14, 8, 10, 6, 12, 8};

    private static final Fault[] FAULTS = Fault.values();

    private final WorldOptions options;
    private final Choices.Sampler kind;
    private final Gen<Op> op;

    Steps(WorldOptions options) {
        this.options = options;
        this.kind = Weighted.sampler(weights(options));
        Choices.Sampler action = Weighted.sampler(85, 15);
        this.op = choices -> new Op(
                choices.index(options.records()),
                choices.draw(1, action) == 0 ? Op.Action.PUT : Op.Action.DELETE,
                choices.index(8),
                1 + choices.index(3),
                choices.index(Op.VARIANTS));
    }

    private static int[] weights(WorldOptions options) {
        int[] weights = new int[USUAL.length + FAULTS.length];
        System.arraycopy(USUAL, 0, weights, 0, USUAL.length);
        for (int i = 0; i < FAULTS.length; i++) {
            weights[USUAL.length + i] = options.faults().getOrDefault(FAULTS[i], 0);
        }
        return weights;
    }

    /** How long to wait before a step, in milliseconds. */
    int pause(Choices choices) {
        return PAUSES[(int) choices.draw(PAUSES.length - 1L, PAUSE)];
    }

    /** The next step. */
    Step next(Choices choices) {
        int drawn = (int) choices.draw(USUAL.length + FAULTS.length - 1L, kind);
        // Clones join the devices there were at the beginning: they are written on too.
        int device = choices.index(Fleet.most(options.devices()));
        return switch (drawn) {
            case 0 -> new Step.Write(device, ops(choices));
            case 1 -> new Step.Retry(device);
            case 2 -> new Step.Discard(device);
            case 3 -> new Step.Ask(device);
            case 4 -> new Step.Challenge(device);
            case 5 -> new Step.FairWeather();
            case 6 -> new Step.Rules(choices.draw(1) == 1);
            default -> misfortune(FAULTS[drawn - USUAL.length], device, choices);
        };
    }

    private static Step misfortune(Fault fault, int device, Choices choices) {
        return new Step.Misfortune(fault, device, choices.index(Step.Misfortune.COUNT_MAX + 1), 1L << choices.draw(16));
    }

    private List<Op> ops(Choices choices) {
        int count = 1 + (int) choices.draw(4, OPS);
        List<Op> ops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ops.add(op.next(choices));
        }
        return ops;
    }
}
