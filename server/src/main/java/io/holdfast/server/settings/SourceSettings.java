package io.holdfast.server.settings;

/**
 * A source that runs read, and where its records go.
 *
 * @param name what people call it
 * @param location a file or folder on the server, or the address of a spreadsheet of Google Sheets
 * @param mapping the file of the mapping, on the server
 * @param scope whose records these become
 * @param intervalMinutes pause between runs, from the beginning of one to the next; 0 for none
 * @param cron when to run instead, in UTC, see {@link Cron}; empty for never
 * @param enabled whether it runs by the clock at all; by hand it always may
 */
public record SourceSettings(
        String name, String location, String mapping, String scope, int intervalMinutes, String cron, boolean enabled) {

    /** Shortest pause between runs, in minutes. */
    public static final int INTERVAL_MINUTES_MIN = 5;

    /** Longest pause between runs, in minutes: 31 days. */
    public static final int INTERVAL_MINUTES_MAX = 31 * 24 * 60;

    /** Most sources. */
    public static final int SOURCES_MAX = 100;

    /** Whether it runs by the clock. */
    public boolean scheduled() {
        return enabled && (intervalMinutes > 0 || !cron.isEmpty());
    }
}
