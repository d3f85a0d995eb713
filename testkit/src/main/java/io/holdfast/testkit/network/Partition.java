package io.holdfast.testkit.network;

import java.time.Instant;
import java.util.Set;

/**
 * A time during which the nodes of one side and all other nodes cannot reach each other; within each side they can.
 *
 * @param start when it begins
 * @param end when it is over, that moment excluded
 * @param side the names of the nodes of one side
 */
public record Partition(Instant start, Instant end, Set<String> side) {

    /** Checks the order of the times. */
    public Partition {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException(
                    "a partition ends after it starts; it is given from " + start + " to " + end);
        }
        side = Set.copyOf(side);
    }

    /** Whether this partition keeps {@code from} and {@code to} apart at {@code moment}. */
    public boolean separates(String from, String to, Instant moment) {
        boolean lasts = !moment.isBefore(start) && moment.isBefore(end);
        return lasts && side.contains(from) != side.contains(to);
    }
}
