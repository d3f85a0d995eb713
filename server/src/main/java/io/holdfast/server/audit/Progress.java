package io.holdfast.server.audit;

/**
 * How far a run is.
 *
 * @param done records dealt with in this phase
 * @param total records in this phase, {@link #UNKNOWN} as long as nobody knows
 */
public record Progress(Phase phase, long done, long total) {

    /** No total yet. */
    public static final long UNKNOWN = -1;

    /** Whether a run never comes from {@code earlier} to this: progress does not go back. */
    public boolean before(Progress earlier) {
        int phases = phase.compareTo(earlier.phase);
        return phases < 0 || (phases == 0 && done < earlier.done);
    }
}
