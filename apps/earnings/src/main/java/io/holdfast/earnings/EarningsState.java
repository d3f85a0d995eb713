package io.holdfast.earnings;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a user sees of his earnings. Amounts have eight digits after the point, and are rounded down.
 *
 * @param currentEarnings what the server will have granted once it knows what this device knows
 * @param confirmedEarnings what it has granted so far
 * @param heldEarnings what waits for a person at the server, or will
 * @param rate coins an hour now
 * @param baseRate coins an hour that the user began with
 * @param lastUpdate up to when time is reckoned in
 * @param startDate when the user began
 * @param active whether a session runs on this device
 * @param syncStatus whether the server knows
 */
public record EarningsState(
        String userId,
        BigDecimal currentEarnings,
        BigDecimal confirmedEarnings,
        BigDecimal heldEarnings,
        BigDecimal rate,
        BigDecimal baseRate,
        Instant lastUpdate,
        Instant startDate,
        boolean active,
        SyncState syncStatus) {

    /** Whether the server knows what this device knows. */
    public enum SyncState {
        /** It does. */
        SYNCED,
        /** Something waits to be sent; nothing has gone wrong. */
        PENDING,
        /** Something waits to be sent and the last try failed, or was refused; it is tried again by itself. */
        FAILED
    }
}
