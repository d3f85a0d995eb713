package io.holdfast.server.alerts;

import io.holdfast.server.audit.Target;

/**
 * What an alert is about.
 *
 * @param name of the collection, or of the source if no run has named a collection; {@code devices} for those of a scope
 */
public record Subject(String scope, String name) {

    /** A run's target. */
    public static Subject of(Target target) {
        return new Subject(target.scope(), target.collection());
    }
}
