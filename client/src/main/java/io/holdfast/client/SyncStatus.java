package io.holdfast.client;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Proof;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a store stands to its server, for people.
 *
 * @param server the server's address
 * @param phase what the client is doing
 * @param records that the store shows
 * @param counts what is not settled
 * @param cursor how far the server has been followed
 * @param lastExchangeMillis when an exchange was last applied, by the local clock; 0 if not since the store was opened
 * @param evidence what was proven when, and what was found
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
        Evidence evidence,
        Optional<Failure> lastFailure,
        long clockOffsetMillis) {

    /** The newest proof of any level. */
    public Optional<Proof> lastProof() {
        return evidence.lastProof();
    }

    /**
     * What was proven when, and what was found.
     *
     * @param proofs the latest of each level
     * @param openGaps records that a proof found to be otherwise than they should be, and that are not repaired yet
     * @param recognised the last time that the store, or its server, was recognised as restored or copied
     */
    public record Evidence(Map<Proof.Level, Proof> proofs, long openGaps, Optional<AuditEntry> recognised) {

        /** What {@code recognised} is one of. */
        static final Set<AuditEntry.Event> RECOGNITIONS =
                EnumSet.of(AuditEntry.Event.STORE_RECOGNISED, AuditEntry.Event.SERVER_RECOGNISED);

        /** Copies. */
        public Evidence {
            proofs = Collections.unmodifiableMap(new TreeMap<>(proofs));
        }

        /** The evidence of a store. */
        public static Evidence of(LocalTransaction transaction) {
            Trail trail = transaction.trail();
            return new Evidence(transaction.device().proofs(), trail.unclosed(), trail.latest(RECOGNITIONS));
        }

        /** The newest proof of any level. */
        public Optional<Proof> lastProof() {
            return proofs.values().stream().max(Comparator.comparingLong(Proof::atMillis));
        }
    }

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
