package io.holdfast.server.settings;

/**
 * From when on people are alarmed. 0 switches a condition off.
 *
 * @param consecutiveFailures runs of a target that failed one after the other
 * @param gaps records that verification finds missing or different at a run's end
 * @param integrityIssues invalid records in a run
 * @param silenceMinutes since the last run that came to its end
 * @param degradationPercent how much longer than usual a run takes for a record
 * @param openGapMinutes since a proof found a gap that nothing has repaired
 * @param deviceSilenceMinutes since a device last exchanged
 */
public record AlertSettings(
        int consecutiveFailures,
        int gaps,
        int integrityIssues,
        int silenceMinutes,
        int degradationPercent,
        int openGapMinutes,
        int deviceSilenceMinutes) {

    /** Largest count that may be set. */
    public static final int COUNT_MAX = 1_000_000;

    /** Longest silence, in minutes: a year. */
    public static final int SILENCE_MINUTES_MAX = 366 * 24 * 60;

    /** Longest silence of a device, in minutes: 60 days, after which it soon counts as given up. */
    public static final int DEVICE_SILENCE_MINUTES_MAX = 60 * 24 * 60;

    /** Largest degradation that may be set. */
    public static final int PERCENT_MAX = 10_000;

    /** Three failures, any gap, any invalid record, a day of silence, twice the usual time, gaps of a quarter of an hour; how often devices should call nobody here knows. */
    public static AlertSettings defaults() {
        return new AlertSettings(3, 1, 1, 24 * 60, 100, 15, 0);
    }
}
