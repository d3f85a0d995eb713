package io.holdfast.server.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * How things stand with something that is done by the clock.
 *
 * @param dueAt not before this
 * @param lastAt when it was done last
 * @param failures how often it has failed since
 */
public record Job(String name, Instant dueAt, Optional<Instant> lastAt, int failures) {

    /** One that was never done. */
    public static Job fresh(String name) {
        return new Job(name, Instant.EPOCH, Optional.empty(), 0);
    }
}
