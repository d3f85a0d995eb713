package io.holdfast.server.dashboard;

/**
 * How runs went that began within some time and have ended. Runs that somebody cancelled say nothing of it.
 *
 * @param runs that ended
 * @param succeeded of them, those after which all records of the source stood in the target
 * @param partial of them, those that left some records out
 * @param records that they dealt with
 * @param errors that they met
 * @param micros that they took together
 */
public record Rate(long runs, long succeeded, long partial, long records, long errors, long micros) {

    /** Nothing yet. */
    public static final Rate NONE = new Rate(0, 0, 0, 0, 0, 0);

    /** Runs that failed as a whole. */
    public long failed() {
        return runs - succeeded - partial;
    }

    /** The share of runs that succeeded, from 0 to 1; 1 if there were none. */
    public double success() {
        return runs == 0 ? 1 : (double) succeeded / runs;
    }

    /** Records in a second of work; 0 if no time passed. */
    public double recordsPerSecond() {
        return micros == 0 ? 0 : records * 1_000_000.0 / micros;
    }

    /** Both together. */
    public Rate plus(Rate other) {
        return new Rate(
                runs + other.runs,
                succeeded + other.succeeded,
                partial + other.partial,
                records + other.records,
                errors + other.errors,
                micros + other.micros);
    }
}
