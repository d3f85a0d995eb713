package io.holdfast.server.audit;

/**
 * How a run ended.
 *
 * @param status any but {@link RunStatus#RUNNING}
 * @param summary the JSON object that the run ends with, as programs get it; empty if it has none
 */
public record RunOutcome(RunStatus status, String summary) {

    /** Checks. */
    public RunOutcome {
        if (status == RunStatus.RUNNING) {
            throw new IllegalArgumentException("a run that ends runs no more");
        }
    }
}
