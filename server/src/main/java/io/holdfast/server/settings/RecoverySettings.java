package io.holdfast.server.settings;

/**
 * What is done by itself for records that failed.
 *
 * @param enabled whether a run that left failed records is repeated by the clock
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
