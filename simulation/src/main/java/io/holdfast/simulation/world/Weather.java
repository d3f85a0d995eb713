package io.holdfast.simulation.world;

import io.holdfast.testkit.network.NetworkOptions;
import java.time.Duration;

/** The moods of the network. */
final class Weather {

    /** How many there are; 0 is fair. */
    static final int KINDS = 6;

    private static final NetworkOptions FAIR =
            NetworkOptions.reliable().withDelays(Duration.ofMillis(5), Duration.ofMillis(20));

    private Weather() {}

    static NetworkOptions of(int kind) {
        return switch (kind) {
            case 0 -> FAIR;
            case 1 ->
                FAIR.withDuplication(0.3).withReordering(0.5).withDelays(Duration.ofMillis(1), Duration.ofSeconds(1));
            case 2 -> FAIR.withLoss(0.3);
            case 3 -> FAIR.withTruncation(0.3);
            case 4 -> NetworkOptions.rough().withTruncation(0.05);
            default ->
                FAIR.withDelays(Duration.ofSeconds(1), Duration.ofSeconds(40))
                        .withDuplication(0.2)
                        .withReordering(0.8);
        };
    }
}
