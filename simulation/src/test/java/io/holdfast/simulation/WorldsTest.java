package io.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.Length;
import io.holdfast.simulation.world.WorldOptions;
import java.util.EnumSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole worlds, each from its seed: {@code -Dholdfast.seeds=FROM..TO} runs others, and a seed that fails is run again, with
 * its schedule, by giving it alone.
 */
class WorldsTest {

    private static final WorldOptions SMALL = WorldOptions.defaults().withSize(3, 10, Length.steps(50));

    @Test
    void smallWorldsUnderFaultsLoseDoubleAndStickNothing() {
        run(SMALL, "1..1500");
    }

    @Test
    void worldsWhoseServerIsRestoredLoseDoubleAndStickNothing() {
        run(
                WorldOptions.defaults().withSize(3, 10, Length.steps(100)).withFaults(EnumSet.of(Fault.SERVER_COPY)),
                "1..400");
    }

    @Test
    void largeWorldsUnderFaultsLoseDoubleAndStickNothing() {
        run(WorldOptions.defaults(), "1..40");
    }

    /** In every fiftieth world the devices keep their records in SQLite files. */
    @Test
    void worldsOnSqliteFilesLoseDoubleAndStickNothing() {
        LongStream.rangeClosed(1, 300)
                .filter(Worlds::onFiles)
                .forEach(seed -> requireClean(Worlds.run(seed, SMALL), SMALL));
    }

    @Test
    @Tag("long")
    void manyLargeWorldsUnderFaultsLoseDoubleAndStickNothing() {
        run(WorldOptions.defaults(), "1..5000");
    }

    @Test
    void theSameSeedReplaysTheSameWorld() {
        for (long seed = 31; seed <= 50; seed++) {
            assertThat(Worlds.run(seed, SMALL).tally().counts())
                    .isEqualTo(Worlds.run(seed, SMALL).tally().counts());
        }
    }

    private static void run(WorldOptions options, String usual) {
        String given = System.getProperty("holdfast.seeds", "");
        String[] range = (given.isEmpty() ? usual : given).split("\\.\\.");
        long last = Long.parseLong(range[range.length - 1]);
        for (long seed = Long.parseLong(range[0]); seed <= last; seed++) {
            // Worlds on files take a hundred times as long; a few of them have a test of their own.
            if (!given.isEmpty() || !Worlds.onFiles(seed)) {
                requireClean(Worlds.run(seed, options), options);
            }
        }
    }

    private static void requireClean(Report report, WorldOptions options) {
        if (!report.clean()) {
            throw new AssertionError(Worlds.shrink(report, options, 500).toString());
        }
    }
}
