package io.holdfast.client;

import io.holdfast.client.transport.Traffic;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.local.Absorbed;

/**
 * What exchanges came to.
 *
 * @param pushed changes that the server decided about and did not refuse
 * @param pulled records that came from the server
 * @param conflicts how many of the pushed changes lost something
 * @param refused changes that went into quarantine
 * @param repaired records that differed and were repaired
 */
public record Totals(long pushed, long pulled, long conflicts, long refused, long repaired, Traffic traffic) {

    /** Nothing. */
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, Traffic.NONE);

    Totals plus(Traffic more) {
        return new Totals(pushed, pulled, conflicts, refused, repaired, traffic.plus(more));
    }

    Totals plus(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied -> plus(applied.absorbed());
            case Outcome.LeavesCompared compared ->
                new Totals(pushed, pulled, conflicts, refused, repaired + compared.repaired(), traffic);
            case Outcome.Registered ignored -> this;
            case Outcome.Forked ignored -> this;
            case Outcome.EpochChanged ignored -> this;
            case Outcome.NotWithdrawn ignored -> this;
            case Outcome.Unregistered ignored -> this;
            case Outcome.Behind ignored -> this;
            case Outcome.NodesCompared ignored -> this;
        };
    }

    private Totals plus(Absorbed absorbed) {
        return new Totals(
                pushed + absorbed.settled() - absorbed.refused(),
                pulled + absorbed.pulled(),
                conflicts + absorbed.conflicts(),
                refused + absorbed.refused(),
                repaired,
                traffic);
    }

    Totals minus(Totals earlier) {
        return new Totals(
                pushed - earlier.pushed,
                pulled - earlier.pulled,
                conflicts - earlier.conflicts,
                refused - earlier.refused,
                repaired - earlier.repaired,
                new Traffic(
                        traffic.roundTrips() - earlier.traffic.roundTrips(),
                        traffic.sentBytes() - earlier.traffic.sentBytes(),
                        traffic.receivedBytes() - earlier.traffic.receivedBytes()));
    }
}
