package io.holdfast.server.audit;

/**
 * An error of a run, with all that is needed to understand it later.
 *
 * @param code the stable name of the failure
 * @param message one sentence for people
 * @param sourceRow the row in the source, from 1; 0 if it was no single record
 * @param key what people know the record by; empty if it was no single record
 * @param attempt which try it was, from 1
 * @param detail more for whoever looks for the cause, without secrets; may be empty
 */
public record RunError(
        Phase phase,
        ErrorCategory category,
        String code,
        String message,
        long sourceRow,
        String key,
        int attempt,
        String detail) {}
