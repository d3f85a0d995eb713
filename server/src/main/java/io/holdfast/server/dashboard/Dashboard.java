package io.holdfast.server.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs, and the gaps of device sync, at a glance.
 *
 * @param lastSync when the last run ended that came to its end
 * @param day the last 24 hours
 * @param week the last 7 days
 * @param gaps records that the latest verification of each target found missing or different
 * @param openGaps records that proofs of device sync found otherwise than they should be, and that are not repaired
 * @param hours of the last day, oldest first, empty ones among them
 * @param days of the last week, oldest first, empty ones among them
 */
public record Dashboard(
        Instant at,
        Optional<Instant> lastSync,
        Rate day,
        Rate week,
        long gaps,
        long openGaps,
        List<Trend> hours,
        List<Trend> days) {

    /** Copies. */
    public Dashboard {
        hours = List.copyOf(hours);
        days = List.copyOf(days);
    }
}
