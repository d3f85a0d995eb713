package io.holdfast.server.alerts;

import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Run;
import java.util.List;
import java.util.Map;

/**
 * What alerts are judged by after a run.
 *
 * @param earlier runs of the same target that have ended, newest first
 * @param errors of the run by category
 * @param resynced whether the run wrote again what its verification had found
 */
public record RunFacts(Run run, List<Run> earlier, Map<ErrorCategory, Long> errors, boolean resynced) {

    /** Copies. */
    public RunFacts {
        earlier = List.copyOf(earlier);
        errors = Map.copyOf(errors);
    }
}
