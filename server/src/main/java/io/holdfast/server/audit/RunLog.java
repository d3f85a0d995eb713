package io.holdfast.server.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what the journal has. Thread-safe.
 *
 * <p>Runs come newest first; entries by run, newest first, and within a run in the order they were written. A page begins behind
 * a position, so that what is written meanwhile shifts nothing.
 */
public interface RunLog {

    /** Most entries in a page. */
    int PAGE_MAX = 1_000;

    /** Runs. */
    List<Run> runs(LogFilter filter, Optional<Position> after, int limit);

    /** One run, if it is there and in one of the scopes; empty scopes are all. */
    Optional<Run> run(RunId id, Optional<Set<String>> scopes);

    /** Runs of a target, newest first. */
    List<Run> runsOf(Target target, int limit);

    /** The newest run of a source that was there to write, and ended in one of these ways; of any if none is named. */
    Optional<Run> last(String scope, String source, Set<RunStatus> status);

    /** What came of records. */
    List<RecordEntry> records(LogFilter filter, Optional<Position> after, int limit);

    /** Errors. */
    List<ErrorEntry> errors(LogFilter filter, Optional<Position> after, int limit);

    /** What happened in a run as a whole, in its order. */
    List<RunEvent> events(RunId run);
}
