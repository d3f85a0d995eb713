package io.holdfast.client;

import io.holdfast.client.transport.Traffic;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One message, and what came of it.
 *
 * @param at when its answer was there, or it failed; by the local clock
 * @param took from sending to then
 * @param failure why there was no answer that could be taken in
 * @param failuresBefore tries that failed in a row before this one
 */
public record Sent(
        Instant at, Kind kind, Duration took, Traffic traffic, Optional<Failure> failure, int failuresBefore) {

    /** What it asked for. */
    public enum Kind {
        /** To be known. */
        REGISTER,
        /** To push and pull. */
        EXCHANGE,
        /** To compare. */
        RECONCILE;

        static Kind of(Outgoing message) {
            return switch (message) {
                case Outgoing.Register ignored -> REGISTER;
                case Outgoing.Exchange ignored -> EXCHANGE;
                case Outgoing.Reconcile ignored -> RECONCILE;
            };
        }
    }
}
