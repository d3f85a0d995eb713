package io.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.Mutation;
import io.holdfast.simulation.world.WorldOptions;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckersTest {

    private static final int WORLDS = 150;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyDeliberateDefectIsSeen(Mutation defect) {
        WorldOptions options = WorldOptions.defaults()
                .withSize(3, 15, 120)
                .withMutation(defect)
                .withFaults(faults(defect));
        assertThat(LongStream.rangeClosed(1, WORLDS)
                        .anyMatch(seed -> !Worlds.run(seed, options).clean()))
                .isTrue();
    }

    /** Two stores share an incarnation only where one is cloned, and it shows only if they count apart from each other. */
    private static Map<Fault, Integer> faults(Mutation defect) {
        if (defect == Mutation.SHARE_INCARNATION) {
            return Map.of(Fault.DEVICE_CLONE, 50, Fault.SERVER_AWAY, 100);
        }
        EnumSet<Fault> faults = EnumSet.complementOf(EnumSet.of(Fault.SERVER_COPY));
        return faults.stream().collect(Collectors.toMap(fault -> fault, Fault::weight));
    }
}
