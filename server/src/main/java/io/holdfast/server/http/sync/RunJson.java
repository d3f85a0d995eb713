package io.holdfast.server.http.sync;

import io.holdfast.core.json.JsonText;
import io.holdfast.server.audit.ErrorEntry;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunEvent;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.run.RunReportJson;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Runs and their entries as JSON; the same on every address and in the commands. Stateless.
 *
 * <p>A run's id is {@code run}. Objects that are a run also have it as {@code syncId}, which is what the addresses that start,
 * show and end runs call it. What a run ended with, as {@code source sync --json} prints it, is its {@code summary}.
 */
public final class RunJson {

    private static final long PERCENT = 100;

    private RunJson() {}

    /** The text of one object. */
    public static String text(Consumer<JsonGenerator> body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            body.accept(out);
            out.writeEndObject();
        }
        return text.toString();
    }

    /** The id of a run, under both of its names. */
    public static void id(RunId run, JsonGenerator out) {
        out.writeStringProperty("run", run.text());
        out.writeStringProperty("syncId", run.text());
    }

    /** That a run was asked to end. */
    public static void cancelAsked(RunId run, JsonGenerator out) {
        id(run, out);
        out.writeBooleanProperty("cancelAsked", true);
    }

    /** The members of a run. */
    public static void members(Run run, JsonGenerator out) {
        id(run.id(), out);
        out.writeStringProperty("source", run.start().source());
        out.writeStringProperty("scope", run.start().target().scope());
        out.writeStringProperty("collection", run.start().target().collection());
        out.writeStringProperty("cause", run.start().cause().name());
        out.writeStringProperty("startedBy", run.start().by());
        run.start().resumes().ifPresent(former -> out.writeStringProperty("resumes", former.text()));
        out.writeBooleanProperty("dryRun", run.start().dryRun());
        out.writeStringProperty("status", run.status().name());
        progress(run, out);
        counts(run, out);
        run.verification().ifPresent(verification -> {
            out.writeObjectPropertyStart("verification");
            RunReportJson.members(verification, out);
            out.writeEndObject();
        });
        out.writeStringProperty("startedAt", run.startedAt().toString());
        out.writeStringProperty("seenAt", run.seenAt().toString());
        run.endedAt().ifPresent(at -> out.writeStringProperty("endedAt", at.toString()));
        out.writeNumberProperty("millis", run.took().toMillis());
        if (!run.summary().isEmpty()) {
            out.writeName("summary");
            out.writeRawValue(run.summary());
        }
    }

    private static void progress(Run run, JsonGenerator out) {
        Progress progress = run.progress();
        out.writeStringProperty("phase", progress.phase().name());
        out.writeNumberProperty("done", progress.done());
        if (progress.total() != Progress.UNKNOWN) {
            out.writeNumberProperty("total", progress.total());
            long percent = progress.total() == 0 ? PERCENT : progress.done() * PERCENT / progress.total();
            out.writeNumberProperty("percent", Math.min(PERCENT, percent));
        }
    }

    private static void counts(Run run, JsonGenerator out) {
        out.writeObjectPropertyStart("counts");
        out.writeNumberProperty("records", run.counts().records());
        for (Fate fate : Fate.values()) {
            if (!fate.finding()) {
                out.writeNumberProperty(
                        fate.name().toLowerCase(Locale.ROOT), run.counts().of(fate));
            }
        }
        out.writeNumberProperty("errors", run.counts().errors());
        out.writeEndObject();
    }

    /** What came of a record. */
    public static void members(RecordEntry entry, JsonGenerator out) {
        out.writeStringProperty("run", entry.run().text());
        out.writeNumberProperty("entry", entry.entry());
        out.writeStringProperty("at", entry.at().toString());
        out.writeNumberProperty("row", entry.fate().sourceRow());
        out.writeStringProperty("key", entry.fate().key());
        out.writeStringProperty("fate", entry.fate().fate().name());
        if (!entry.fate().code().isEmpty()) {
            out.writeStringProperty("code", entry.fate().code());
        }
        if (!entry.fate().detail().isEmpty()) {
            out.writeStringProperty("detail", entry.fate().detail());
        }
    }

    /** An error. */
    public static void members(ErrorEntry entry, JsonGenerator out) {
        out.writeStringProperty("run", entry.run().text());
        out.writeNumberProperty("entry", entry.entry());
        out.writeStringProperty("at", entry.at().toString());
        out.writeStringProperty("phase", entry.error().phase().name());
        out.writeStringProperty("category", entry.error().category().name());
        out.writeStringProperty("code", entry.error().code());
        out.writeStringProperty("message", entry.error().message());
        out.writeNumberProperty("row", entry.error().sourceRow());
        out.writeStringProperty("key", entry.error().key());
        out.writeNumberProperty("attempt", entry.error().attempt());
        out.writeStringProperty("detail", entry.error().detail());
    }

    /** What happened to a scope. */
    public static void members(SyncEvent event, JsonGenerator out) {
        out.writeStringProperty("at", event.at().toString());
        out.writeStringProperty("scope", event.scope());
        event.run().ifPresent(run -> out.writeStringProperty("run", run.text()));
        out.writeNumberProperty("entry", event.entry());
        out.writeStringProperty("kind", event.kind());
        out.writeStringProperty("who", event.who());
        out.writeStringProperty("detail", event.detail());
    }

    /** What happened in a run, from its start to its end. */
    public static void events(List<RunEvent> events, JsonGenerator out) {
        out.writeArrayPropertyStart("events");
        events.forEach(event -> {
            out.writeStartObject();
            members(event, out);
            out.writeEndObject();
        });
        out.writeEndArray();
    }

    /** Something that happened in a run. */
    private static void members(RunEvent event, JsonGenerator out) {
        out.writeStringProperty("at", event.at().toString());
        out.writeStringProperty("event", event.kind().name());
        out.writeStringProperty("who", event.who());
        out.writeObjectPropertyStart("detail");
        event.detail().forEach(out::writeStringProperty);
        out.writeEndObject();
    }
}
