package io.holdfast.server.http.sync;

import io.holdfast.server.alerts.Alert;
import tools.jackson.core.JsonGenerator;

/** Alerts as JSON; the same over HTTP and in the commands. Stateless. */
public final class AlertJson {

    private AlertJson() {}

    /** The members of an alert. */
    public static void members(Alert alert, JsonGenerator out) {
        out.writeStringProperty("id", alert.id());
        out.writeStringProperty("type", alert.type().name());
        out.writeStringProperty("severity", alert.type().severity().name());
        out.writeStringProperty("scope", alert.scope());
        out.writeStringProperty("subject", alert.subject());
        out.writeStringProperty("message", alert.message());
        out.writeStringProperty("run", alert.run());
        out.writeStringProperty("state", alert.state().name());
        out.writeNumberProperty("occurrences", alert.occurrences());
        out.writeStringProperty("firstAt", alert.firstAt().toString());
        out.writeStringProperty("lastAt", alert.lastAt().toString());
        alert.handling().ifPresent(handling -> {
            out.writeStringProperty("acknowledgedBy", handling.by());
            out.writeStringProperty("acknowledgedAt", handling.at().toString());
            out.writeStringProperty("note", handling.note());
        });
        alert.resolvedAt().ifPresent(at -> out.writeStringProperty("resolvedAt", at.toString()));
    }
}
