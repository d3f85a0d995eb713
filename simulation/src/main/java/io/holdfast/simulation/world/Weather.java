package io.holdfast.simulation.world;

import io.holdfast.testkit.network.NetworkOptions;
import java.time.Duration;
import java.util.Set;

/** What the network is like. */
final class Weather {

    private static final NetworkOptions FAIR =
            NetworkOptions.reliable().withDelays(Duration.ofMillis(5), Duration.ofMillis(20));

    private Weather() {}

    /** The network under the misfortunes that lie upon it; fair without any. */
    static NetworkOptions of(Set<Fault> upon) {
        NetworkOptions options = FAIR.withLoss(upon.contains(Fault.LOSS) ? 0.3 : 0)
                .withDuplication(upon.contains(Fault.DUPLICATION) ? 0.3 : 0)
                .withReordering(upon.contains(Fault.REORDERING) ? 0.5 : 0)
                .withTruncation(upon.contains(Fault.TRUNCATION) ? 0.3 : 0);
        if (upon.contains(Fault.DELAY)) {
            return options.withDelays(Duration.ofMillis(5), Duration.ofSeconds(40));
        }
        // Messages overtake each other only while several are on their way.
        return upon.contains(Fault.REORDERING) || upon.contains(Fault.DUPLICATION)
                ? options.withDelays(Duration.ofMillis(1), Duration.ofSeconds(1))
                : options;
    }
}
