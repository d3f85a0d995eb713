package io.holdfast.server.archive;

import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.server.audit.RunId;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * What a file of the archive holds; it stands beside the file, and was written after it. A file without a manifest is none.
 *
 * @param file its name
 * @param sha256 of its bytes
 * @param runs how many runs are in it; none in a file of device sync's events
 * @param newest the newest run in it; in a file of events the {@linkplain io.holdfast.server.audit.TimedId#least least id} of its end
 * @param oldest the oldest run in it; in a file of events the least id of its beginning
 * @param from when the oldest began, or happened
 * @param until when the last of them ended, or happened
 */
public record Manifest(
        String file,
        String sha256,
        long bytes,
        long runs,
        long rows,
        RunId newest,
        RunId oldest,
        Instant from,
        Instant until,
        Instant createdAt) {

    private static final int FORMAT = 1;

    /** Whether it is of device sync's events, not of runs. */
    public boolean ofEvents() {
        return runs == 0;
    }

    /** The members, for JSON. */
    public void members(JsonGenerator out) {
        out.writeNumberProperty("format", FORMAT);
        out.writeStringProperty("file", file);
        out.writeStringProperty("sha256", sha256);
        out.writeNumberProperty("bytes", bytes);
        out.writeNumberProperty("runs", runs);
        out.writeNumberProperty("rows", rows);
        out.writeStringProperty("newest", newest.text());
        out.writeStringProperty("oldest", oldest.text());
        out.writeStringProperty("from", from.toString());
        out.writeStringProperty("until", until.toString());
        out.writeStringProperty("createdAt", createdAt.toString());
    }

    String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            members(out);
            out.writeEndObject();
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException if it is no manifest of this form */
    static Manifest read(String text) {
        if (!(JsonText.read(text) instanceof JsonTree.Members object) || number(object.members(), "format") != FORMAT) {
            throw new IllegalArgumentException("no manifest");
        }
        Map<String, JsonTree> members = object.members();
        return new Manifest(
                word(members, "file"),
                word(members, "sha256"),
                number(members, "bytes"),
                number(members, "runs"),
                number(members, "rows"),
                new RunId(word(members, "newest")),
                new RunId(word(members, "oldest")),
                Instant.parse(word(members, "from")),
                Instant.parse(word(members, "until")),
                Instant.parse(word(members, "createdAt")));
    }

    static String word(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("no text " + name);
    }

    static long number(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Numeral number) {
            return Long.parseLong(number.literal());
        }
        throw new IllegalArgumentException("no number " + name);
    }
}
