package io.holdfast.client;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.Proof;
import java.util.Optional;

/**
 * How a store stands to its server, for people.
 *
 * @param server the server's address
 * @param phase what the client is doing
 * @param records that the store shows
 * @param counts what is not settled
 * @param cursor how far the server has been followed
 * @param lastExchangeMillis when an exchange was last applied, by the local clock; 0 if not since the store was opened
 * @param lastProof the newest proof of any level
 * @param lastFailure the last failure, until something succeeds
 * @param clockOffsetMillis server's clock minus local clock, as measured last
 */
public record SyncStatus(
        String replica,
        String scope,
        String server,
        Phase phase,
        long records,
        Unsettled counts,
        Cursor cursor,
        long lastExchangeMillis,
        Optional<Proof> lastProof,
        Optional<Failure> lastFailure,
        long clockOffsetMillis) {

    /**
     * Changes that wait for something.
     *
     * @param pending to be sent
     * @param inFlight for the server's answer
     * @param quarantined refused: for a person
     * @param conflicts lost: for a person to look at
     */
    public record Unsettled(long pending, long inFlight, long quarantined, long conflicts) {}
}
