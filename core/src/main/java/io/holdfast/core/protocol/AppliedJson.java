package io.holdfast.core.protocol;

import io.holdfast.core.identity.Cursor;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The answer to an applied exchange on the wire. */
final class AppliedJson {

    private final JsonIn in;
    private long request;
    private long serverMillis;
    private List<ChangeResult> results = List.of();
    private List<RemoteRecord> changes = List.of();
    private Cursor cursor = Cursor.START;
    private boolean complete;
    private String fingerprint = "";
    private long records;

    AppliedJson(JsonIn in) {
        this.in = in;
    }

    static void write(JsonGenerator out, ExchangeAnswer.Applied answer) {
        out.writeStringProperty("outcome", "APPLIED");
        out.writeName("results");
        out.writeStartArray();
        answer.results().forEach(result -> ResultJson.write(out, result));
        out.writeEndArray();
        changes(out, answer.changes());
        out.writeName("cursor");
        HeaderJson.cursor(out, answer.cursor());
        out.writeBooleanProperty("complete", answer.complete());
        if (answer.complete()) {
            out.writeStringProperty("fingerprint", answer.fingerprint());
            out.writeNumberProperty("records", answer.records());
        }
    }

    static void changes(JsonGenerator out, List<RemoteRecord> changes) {
        out.writeName("changes");
        out.writeStartArray();
        changes.forEach(record -> RecordJson.write(out, record));
        out.writeEndArray();
    }

    boolean read(String name) {
        switch (name) {
            case "request" -> request = in.number();
            case "serverMillis" -> serverMillis = in.number();
            case "results" -> results = in.list(() -> ResultJson.read(in));
            case "changes" -> changes = in.list(() -> RecordJson.readRecord(in));
            case "cursor" -> cursor = HeaderJson.cursor(in);
            case "complete" -> complete = in.flag();
            case "fingerprint" -> fingerprint = in.text();
            case "records" -> records = in.number();
            default -> {
                return false;
            }
        }
        return true;
    }

    long request() {
        return request;
    }

    long serverMillis() {
        return serverMillis;
    }

    List<RemoteRecord> changes() {
        return changes;
    }

    Cursor cursor() {
        return cursor;
    }

    ExchangeAnswer.Applied answer() {
        return new ExchangeAnswer.Applied(
                request, serverMillis, results, changes, cursor, complete, fingerprint, records);
    }
}
