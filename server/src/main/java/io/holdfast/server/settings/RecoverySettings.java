package io.holdfast.server.settings;

/**
 * What is done by itself when something fails.
 *
 * @param enabled whether a run tries again what failed for a reason that passes, writes again what its verification finds
 *     missing, and is repeated by the clock if it left failed records; each is told and alerted in either case
 * @param retryFailedMinutes after which it is; 0 for never
 */
public record RecoverySettings(boolean enabled, int retryFailedMinutes) {

    /** Longest wait for failed records, in minutes: a day. */
    public static final int RETRY_FAILED_MINUTES_MAX = 24 * 60;

    /** After five minutes. */
    public static RecoverySettings defaults() {
        return new RecoverySettings(true, 5);
    }
}
