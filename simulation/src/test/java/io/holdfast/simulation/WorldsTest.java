package io.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.WorldOptions;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole worlds, each from its seed: {@code -Dholdfast.seeds=FROM..TO} runs others, and a seed that fails is run again, with
 * its schedule, by giving it alone.
 */
class WorldsTest {

    @Test
    void smallWorldsUnderFaultsLoseDoubleAndStickNothing() {
        run(WorldOptions.defaults().withSize(3, 10, 50), "1..1500");
    }

    @Test
    void worldsWhoseServerIsRestoredLoseDoubleAndStickNothing() {
        run(WorldOptions.defaults().withSize(3, 10, 100).withFaults(EnumSet.of(Fault.SERVER_COPY)), "1..400");
    }

    @Test
    void largeWorldsUnderFaultsLoseDoubleAndStickNothing() {
        run(WorldOptions.defaults(), "1..40");
    }

    @Test
    @Tag("long")
    void manyLargeWorldsUnderFaultsLoseDoubleAndStickNothing() {
        run(WorldOptions.defaults(), "1..5000");
    }

    @Test
    void theSameSeedReplaysTheSameWorld() {
        WorldOptions options = WorldOptions.defaults().withSize(3, 10, 50);
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(Worlds.run(seed, options).tally().counts())
                    .isEqualTo(Worlds.run(seed, options).tally().counts());
        }
    }

    private static void run(WorldOptions options, String usual) {
        String[] range = System.getProperty("holdfast.seeds", usual).split("\\.\\.");
        long last = Long.parseLong(range[range.length - 1]);
        for (long seed = Long.parseLong(range[0]); seed <= last; seed++) {
            Report report = Worlds.run(seed, options);
            if (!report.clean()) {
                throw new AssertionError(Worlds.shrink(report, options, 500).toString());
            }
        }
    }
}
