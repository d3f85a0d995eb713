package io.holdfast.core.protocol;

import io.holdfast.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The result of one change on the wire. */
final class ResultJson {

    private String outcome = "";
    private long sequence;
    private Optional<RemoteRecord> record = Optional.empty();
    private List<String> lost = List.of();
    private boolean stood;
    private String code = "";
    private String field = "";
    private String message = "";

    static void write(JsonGenerator out, ChangeResult result) {
        out.writeStartObject();
        switch (result) {
            case ChangeResult.Accepted accepted -> {
                out.writeStringProperty("outcome", "ACCEPTED");
                out.writeNumberProperty("sequence", accepted.sequence());
            }
            case ChangeResult.Merged merged -> {
                out.writeStringProperty("outcome", "MERGED");
                record(out, merged.record());
            }
            case ChangeResult.Conflict conflict -> {
                out.writeStringProperty("outcome", "CONFLICT");
                out.writeName("lost");
                out.writeStartArray();
                conflict.lost().forEach(out::writeString);
                out.writeEndArray();
                out.writeBooleanProperty("stood", conflict.stood());
                record(out, conflict.record());
            }
            case ChangeResult.Refused refused -> {
                out.writeStringProperty("outcome", "REFUSED");
                out.writeStringProperty("code", refused.code().name());
                out.writeStringProperty("field", refused.field());
                out.writeStringProperty("message", refused.message());
            }
        }
        out.writeEndObject();
    }

    private static void record(JsonGenerator out, RemoteRecord record) {
        out.writeName("record");
        RecordJson.write(out, record);
    }

    static ChangeResult read(JsonIn in) {
        ResultJson read = new ResultJson();
        in.object(name -> read.property(in, name));
        return read.result(in);
    }

    private boolean property(JsonIn in, String name) {
        switch (name) {
            case "outcome" -> outcome = in.text();
            case "sequence" -> sequence = in.number();
            case "record" -> record = Optional.of(RecordJson.readRecord(in));
            case "lost" -> lost = in.list(in::text);
            case "stood" -> stood = in.flag();
            case "code" -> code = in.text();
            case "field" -> field = in.text();
            case "message" -> message = in.text();
            default -> {
                return false;
            }
        }
        return true;
    }

    private ChangeResult result(JsonIn in) {
        return switch (outcome) {
            case "ACCEPTED" -> new ChangeResult.Accepted(sequence);
            case "MERGED" -> new ChangeResult.Merged(record(in));
            case "CONFLICT" -> new ChangeResult.Conflict(record(in), lost, stood);
            case "REFUSED" -> new ChangeResult.Refused(ErrorCode.of(code), field, message);
            default -> throw in.malformed("the outcome " + outcome + " is unknown");
        };
    }

    private RemoteRecord record(JsonIn in) {
        return record.orElseThrow(() -> in.malformed("the outcome " + outcome + " comes with a record"));
    }
}
