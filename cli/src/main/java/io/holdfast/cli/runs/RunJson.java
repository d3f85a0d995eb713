package io.holdfast.cli.runs;

import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunEvent;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Runs as JSON. Stateless. */
final class RunJson {

    private RunJson() {}

    static void write(Run run, JsonGenerator json) {
        json.writeStringProperty("run", run.id().text());
        json.writeStringProperty("scope", run.start().target().scope());
        json.writeStringProperty("collection", run.start().target().collection());
        json.writeStringProperty("source", run.start().source());
        json.writeStringProperty("cause", run.start().cause().name());
        json.writeStringProperty("by", run.start().by());
        json.writeBooleanProperty("dryRun", run.start().dryRun());
        run.start().resumes().ifPresent(former -> json.writeStringProperty("resumes", former.text()));
        json.writeStringProperty("status", run.status().name());
        json.writeStringProperty("phase", run.progress().phase().name());
        json.writeStringProperty("startedAt", run.startedAt().toString());
        run.endedAt().ifPresent(at -> json.writeStringProperty("endedAt", at.toString()));
        json.writeObjectPropertyStart("records");
        for (Fate fate : Fate.values()) {
            if (!fate.finding()) {
                json.writeNumberProperty(
                        fate.name().toLowerCase(Locale.ROOT), run.counts().of(fate));
            }
        }
        json.writeEndObject();
        json.writeNumberProperty("errors", run.counts().errors());
        run.verification().ifPresent(found -> {
            json.writeObjectPropertyStart("verification");
            json.writeBooleanProperty("equal", found.equal());
            json.writeNumberProperty("sourceCount", found.sourceCount());
            json.writeNumberProperty("targetCount", found.targetCount());
            json.writeNumberProperty("gaps", found.gaps());
            json.writeNumberProperty("surplus", found.surplus());
            json.writeNumberProperty("mismatches", found.mismatches());
            json.writeEndObject();
        });
    }

    static void write(List<RunEvent> events, JsonGenerator json) {
        json.writeArrayPropertyStart("events");
        for (RunEvent event : events) {
            json.writeStartObject();
            json.writeStringProperty("at", event.at().toString());
            json.writeStringProperty("event", event.kind().name());
            json.writeStringProperty("who", event.who());
            json.writeObjectPropertyStart("detail");
            event.detail().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
