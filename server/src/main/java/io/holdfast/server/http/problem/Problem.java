package io.holdfast.server.http.problem;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.schema.Violation;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * One failure as its answer tells it (RFC 9457).
 *
 * @param detail one sentence: what happened and what to do
 * @param headers of the answer
 * @param incident under which the log has more, for defects
 */
public record Problem(
        ErrorCode code,
        int status,
        String detail,
        Map<String, String> headers,
        List<Violation> violations,
        Optional<String> incident) {

    /** The media type of the body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Seconds after which to try again, where nothing better is known. */
    private static final String RETRY_SECONDS = "1";

    private static final int DETAIL_LENGTH_MAX = 1_000;

    /** Copies, bounds the detail, and adds the headers that the status demands. */
    public Problem {
        detail = legible(detail);
        violations = List.copyOf(violations);
        Map<String, String> all = new TreeMap<>(headers);
        switch (status) {
            case 401 -> all.putIfAbsent("WWW-Authenticate", "Bearer realm=\"holdfast\"");
            case 429, 503 -> all.putIfAbsent("Retry-After", RETRY_SECONDS);
            default -> {}
        }
        headers = Map.copyOf(all);
    }

    /** A sentence may quote what was sent: control characters and halves of characters are not handed back, nor without end. */
    private static String legible(String sentence) {
        StringBuilder text = new StringBuilder();
        sentence.codePoints()
                .limit(DETAIL_LENGTH_MAX)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
                .forEach(text::appendCodePoint);
        return sentence.codePointCount(0, sentence.length()) <= DETAIL_LENGTH_MAX
                ? text.toString()
                : text.append('…').toString();
    }

    /** A problem of a code, with nothing beside. */
    public static Problem of(ErrorCode code, int status, String detail) {
        return new Problem(code, status, detail, Map.of(), List.of(), Optional.empty());
    }

    /** The same problem with one more header. */
    Problem withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Problem(code, status, detail, more, violations, incident);
    }

    /** The JSON body, in UTF-8. */
    public byte[] body() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeStringProperty("type", "urn:holdfast:error:" + code.name());
            out.writeStringProperty("title", code.cause());
            out.writeNumberProperty("status", status);
            out.writeStringProperty("detail", detail);
            out.writeStringProperty("code", code.name());
            out.writeStringProperty("action", code.action());
            out.writeStringProperty("retry", code.retry().name());
            incident.ifPresent(id -> out.writeStringProperty("incident", id));
            if (!violations.isEmpty()) {
                violations(out);
            }
            out.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void violations(JsonGenerator out) {
        out.writeArrayPropertyStart("violations");
        for (Violation violation : violations) {
            out.writeStartObject();
            out.writeStringProperty("code", violation.code().name());
            out.writeStringProperty("field", violation.field());
            out.writeStringProperty("value", violation.value());
            out.writeStringProperty("advice", violation.advice());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
