package io.holdfast.server.audit;

import java.util.Optional;

/**
 * A run that begins.
 *
 * @param source what people call the source
 * @param by who asked for it: a principal's name, or {@link io.holdfast.core.audit.AuditEntry#HOLDFAST}
 * @param resumes the run that broke off and that this one carries on
 * @param dryRun whether nothing is written but the journal
 */
public record RunStart(
        RunId run, Target target, String source, Cause cause, String by, Optional<RunId> resumes, boolean dryRun) {}
