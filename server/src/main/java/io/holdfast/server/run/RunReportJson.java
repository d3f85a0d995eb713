package io.holdfast.server.run;

import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Verification;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON object that a run ends with. Phases in milliseconds; of the rows {@code rows} counts what stands below the header,
 * {@code blank} the empty ones among them, {@code records} the rest, {@code duplicates} the exact repeats among the records.
 * {@code verification} is null if the run did not come to it.
 */
public final class RunReportJson {

    private static final JsonFactory JSON = new JsonFactory();

    private RunReportJson() {}

    /** One line. */
    public static String of(RunReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            write(report, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Writes the members. */
    public static void write(RunReport report, JsonGenerator json) {
        json.writeStringProperty("run", report.run().text());
        json.writeStringProperty("outcome", report.outcome().name());
        json.writeObjectPropertyStart("source");
        json.writeNumberProperty("rows", report.source().rows());
        json.writeNumberProperty("blank", report.source().blank());
        json.writeNumberProperty("records", report.source().records());
        json.writeNumberProperty("duplicates", report.source().duplicates());
        json.writeEndObject();
        json.writeObjectPropertyStart("target");
        json.writeNumberProperty("created", report.records().created());
        json.writeNumberProperty("updated", report.records().updated());
        json.writeNumberProperty("unchanged", report.records().unchanged());
        json.writeNumberProperty("deleted", report.records().deleted());
        json.writeEndObject();
        json.writeNumberProperty("failed", report.records().failed());
        json.writeNumberProperty("quarantined", report.records().quarantined());
        if (report.verification().isPresent()) {
            json.writeObjectPropertyStart("verification");
            members(report.verification().get(), json);
            json.writeEndObject();
        } else {
            json.writeNullProperty("verification");
        }
        json.writeObjectPropertyStart("phases");
        for (Phase phase : report.phases().keySet()) {
            json.writeNumberProperty(
                    phase.name().toLowerCase(Locale.ROOT),
                    report.phases().get(phase).toMillis());
        }
        json.writeEndObject();
    }

    /** The figures of a verification, the same in every object that has them. */
    public static void members(Verification verification, JsonGenerator json) {
        json.writeBooleanProperty("equal", verification.equal());
        json.writeNumberProperty("sourceCount", verification.sourceCount());
        json.writeNumberProperty("targetCount", verification.targetCount());
        json.writeNumberProperty("gaps", verification.gaps());
        json.writeNumberProperty("surplus", verification.surplus());
        json.writeNumberProperty("mismatches", verification.mismatches());
    }
}
