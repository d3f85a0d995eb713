package io.holdfast.server.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as the journal has it.
 *
 * @param seenAt when it last wrote into the journal
 * @param summary the JSON object that it ended with, empty if there is none
 */
public record Run(
        RunStart start,
        RunStatus status,
        Progress progress,
        Counts counts,
        Optional<Verification> verification,
        Instant startedAt,
        Instant seenAt,
        Optional<Instant> endedAt,
        String summary) {

    /** Its id. */
    public RunId id() {
        return start.run();
    }

    /** From its start to its end, or to its last word as long as it has not ended. */
    public Duration took() {
        return Duration.between(startedAt, endedAt.orElse(seenAt));
    }
}
