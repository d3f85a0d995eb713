package io.holdfast.server.alerts;

import java.time.Instant;
import java.util.Optional;

/**
 * A condition that people were told of, from when it was found until it is over.
 *
 * @param id grows with time
 * @param subject as of {@link Subject}
 * @param message one sentence, of the last time it was found
 * @param run the last run in which it was found; empty if it was no run
 * @param occurrences how many runs found it; of a condition that no run finds, how often it has grown, with its beginning
 * @param handling who has taken it on, if somebody has
 */
public record Alert(
        String id,
        AlertType type,
        String scope,
        String subject,
        String message,
        String run,
        State state,
        long occurrences,
        Instant firstAt,
        Instant lastAt,
        Optional<Handling> handling,
        Optional<Instant> resolvedAt) {

    /** How far it is. */
    public enum State {
        /** Nobody has taken it on. */
        OPEN,
        /** Somebody has taken it on; the condition lasts. */
        ACKNOWLEDGED,
        /** The condition is over. */
        RESOLVED
    }

    /** Who has taken an alert on, when, and what he says of it. */
    public record Handling(String by, Instant at, String note) {}
}
