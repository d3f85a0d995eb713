package io.holdfast.server.alerts;

/** Whether a condition holds for a subject. */
public sealed interface Finding {

    /** The condition. */
    AlertType type();

    /** It holds. */
    record Holds(AlertType type, String message) implements Finding {}

    /** It does not, or no longer. */
    record Over(AlertType type) implements Finding {}
}
