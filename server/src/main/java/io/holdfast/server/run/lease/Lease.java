package io.holdfast.server.run.lease;

import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.Target;
import java.util.Optional;

/**
 * The right to write to a target, until it runs out.
 *
 * @param token grows with each holder, so that a holder of old is told from this one by every transaction it writes
 * @param broken the run of a former holder who did not give the lease back
 */
public record Lease(Target target, RunId run, long token, Optional<RunId> broken) {}
