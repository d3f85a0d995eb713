package io.holdfast.server.alerts;

/** How soon somebody should look. */
public enum Severity {
    /** When there is time. */
    INFO,
    /** Today. */
    WARNING,
    /** Now. */
    CRITICAL
}
