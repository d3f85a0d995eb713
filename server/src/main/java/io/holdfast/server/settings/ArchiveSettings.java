package io.holdfast.server.settings;

/**
 * When the journal of a run goes into a file.
 *
 * @param afterDays since the run ended; 0 for never
 */
public record ArchiveSettings(int afterDays) {

    /** Longest time in the database, in days. */
    public static final int AFTER_DAYS_MAX = 3_650;

    /** After 90 days. */
    public static ArchiveSettings defaults() {
        return new ArchiveSettings(90);
    }
}
