package io.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulation.check.Checkers;
import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.Length;
import io.holdfast.simulation.world.Mutation;
import io.holdfast.simulation.world.World;
import io.holdfast.simulation.world.WorldOptions;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.random.SeededRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckersTest {

    private static final int WORLDS = 150;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theCheckerThatHasToSeeADefectSeesItByItself(Mutation defect) {
        WorldOptions options = WorldOptions.defaults()
                .withSize(3, 15, Length.steps(120))
                .withMutation(defect)
                .withFaults(faults(defect));
        Optional<Violation> violation = LongStream.rangeClosed(1, WORLDS)
                .mapToObj(seed -> Worlds.run(seed, options))
                .flatMap(report -> report.violation().stream())
                .findFirst();
        assertThat(violation.map(Violation::checker)).contains(defect.checker());
    }

    @Test
    void eachCheckerHasADefectThatItSees() {
        List<String> seen = Stream.of(Mutation.values()).map(Mutation::checker).toList();
        World world = new World(WorldOptions.defaults(), Choices.random(new SeededRandom(1)));
        assertThat(Checkers.of(world, Mutation.NONE))
                .isNotEmpty()
                .allSatisfy(
                        checker -> assertThat(seen).contains(checker.getClass().getSimpleName()));
    }

    /** Two stores share an incarnation only where one is cloned, and it shows only if they count apart from each other. */
    private static Map<Fault, Integer> faults(Mutation defect) {
        if (defect == Mutation.SHARE_INCARNATION) {
            return Map.of(Fault.DEVICE_CLONE, 50, Fault.SERVER_AWAY, 100);
        }
        EnumSet<Fault> faults = EnumSet.allOf(Fault.class);
        if (defect != Mutation.BLIND_TO_RESTORES) {
            faults.remove(Fault.SERVER_COPY);
        }
        return faults.stream().collect(Collectors.toMap(fault -> fault, Fault::weight));
    }
}
