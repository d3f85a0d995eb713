package io.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.Length;
import io.holdfast.simulation.world.Tally;
import io.holdfast.simulation.world.WorldOptions;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {

    private static final int WORLDS = 25;

    @ParameterizedTest
    @EnumSource
    void everyFaultMakesItselfFeltAndHarmsNothing(Fault fault) {
        WorldOptions options =
                WorldOptions.defaults().withSize(3, 10, Length.steps(80)).withFaults(Map.of(fault, 100));
        Tally tally = new Tally();
        for (long seed = 1; seed <= WORLDS; seed++) {
            Report report = Worlds.run(seed, options);
            assertThat(report).as(report::toString).matches(Report::clean);
            tally.add(report.tally());
        }
        assertThat(tally.happenings(fault)).as("how often it happened").isGreaterThanOrEqualTo(WORLDS);
        assertThat(tally.effects(fault)).as(fault.effect()).isGreaterThanOrEqualTo(WORLDS);
    }
}
