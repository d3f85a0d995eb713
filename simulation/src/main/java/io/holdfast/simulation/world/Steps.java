package io.holdfast.simulation.world;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Weighted;
import java.util.List;

/** Draws what befalls a world. The first alternative of everything is the mildest, so that shrinking makes worlds milder. */
final class Steps {

    private static final int[] PAUSES = {0, 0, 0, 1, 5, 30, 200, 1_000, 5_000, 40_000};
    private static final Choices.Sampler PAUSE = Weighted.sampler(20, 10, 10, 15, 12, 12, 10, 8, 4, 1);
    private static final Choices.Sampler KIND =
            Weighted.sampler(600, 14, 8, 10, 6, 40, 20, 40, 20, 12, 12, 10, 8, 8, 12, 8, 5, 8, 5);
    private static final Choices.Sampler OPS = Weighted.sampler(60, 20, 10, 6, 4);

    private final WorldOptions options;
    private final Gen<Op> op;

    Steps(WorldOptions options) {
        this.options = options;
        Choices.Sampler action = Weighted.sampler(85, 15);
        this.op = choices -> new Op(
                choices.index(options.records()),
                choices.draw(1, action) == 0 ? Op.Action.PUT : Op.Action.DELETE,
                choices.index(8),
                1 + choices.index(3),
                choices.index(Op.VARIANTS));
    }

    /** How long to wait before a step, in milliseconds. */
    int pause(Choices choices) {
        return PAUSES[(int) choices.draw(PAUSES.length - 1L, PAUSE)];
    }

    /** The next step. */
    Step next(Choices choices) {
        int kind = (int) choices.draw(18, KIND);
        int device = choices.index(options.devices());
        return switch (kind) {
            case 1 -> new Step.Retry(device);
            case 2 -> new Step.Discard(device);
            case 3 -> new Step.Ask(device);
            case 4 -> new Step.Challenge(device);
            case 5 -> new Step.Weather(choices.index(Weather.KINDS));
            case 6 -> new Step.Cut(device, millis(choices));
            case 7 -> new Step.Crash(device, choices.index(12), millis(choices));
            case 8 -> new Step.Jump(device, jump(choices));
            case 9 -> new Step.Drift(device, Gens.ints(-50_000, 50_000).next(choices));
            case 10 -> new Step.DiskTrouble(device, 1 + choices.index(4));
            case 11 -> new Step.ServerAway(millis(choices));
            case 12 -> new Step.ServerTrouble(1 + choices.index(5));
            case 13 -> new Step.Rules(choices.draw(1) == 1);
            case 14 -> new Step.CopyDevice(device);
            case 15 -> new Step.RestoreDevice(device);
            case 16 -> new Step.CloneDevice(device);
            case 17 -> new Step.CopyServer();
            case 18 -> new Step.RestoreServer();
            default -> new Step.Write(device, ops(choices));
        };
    }

    private List<Op> ops(Choices choices) {
        int count = 1 + (int) choices.draw(4, OPS);
        List<Op> ops = new java.util.ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ops.add(op.next(choices));
        }
        return ops;
    }

    private static int millis(Choices choices) {
        return (int) (1L << choices.draw(16));
    }

    /** Up to a day, both ways. */
    private static long jump(Choices choices) {
        long size = 1L << choices.draw(26);
        return choices.draw(1) == 0 ? size : -size;
    }
}
