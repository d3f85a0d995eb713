package io.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.Mutation;
import io.holdfast.simulation.world.WorldOptions;
import java.util.EnumSet;
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
                .withFaults(EnumSet.complementOf(EnumSet.of(Fault.SERVER_COPY)))
                .withMutation(defect);
        assertThat(LongStream.rangeClosed(1, WORLDS)
                        .anyMatch(seed -> !Worlds.run(seed, options).clean()))
                .isTrue();
    }
}
