package io.holdfast.server.settings;

/**
 * What runs do by themselves when something goes wrong.
 *
 * @param enabled whether they do anything; if not, a run fails at the first error of network or database, writes nothing again
 *     that verification misses, and leaves failed records to the next run
 * @param retries tries after the first, of what may succeed when done again
 * @param retryFailedMinutes after which records that failed are tried again; 0 for never
 */
public record RecoverySettings(boolean enabled, int retries, int retryFailedMinutes) {

    /** Most tries after the first. */
    public static final int RETRIES_MAX = 10;

    /** Longest wait for failed records, in minutes: a day. */
    public static final int RETRY_FAILED_MINUTES_MAX = 24 * 60;

    /** Three retries, failed records after five minutes. */
    public static RecoverySettings defaults() {
        return new RecoverySettings(true, 3, 5);
    }
}
