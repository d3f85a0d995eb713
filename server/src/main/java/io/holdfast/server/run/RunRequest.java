package io.holdfast.server.run;

import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Target;
import io.holdfast.sources.mapping.RecordSource;

/**
 * A run that somebody wants.
 *
 * @param source whose mapping names the collection
 * @param scope where its records go; made if it is not there
 * @param by the name of who asks
 */
public record RunRequest(RecordSource source, String scope, RunMode mode, Cause cause, String by) {

    /** Where the records go. */
    public Target target() {
        return new Target(scope, source.mapping().target());
    }
}
