package io.holdfast.store.backup;

import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** A manifest as JSON, one flat object. Stateless. */
public final class ManifestJson {

    private static final String FORMAT = "format";

    private ManifestJson() {}

    /** Writes the manifest. */
    public static String write(Manifest manifest) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.generator(text)) {
            json.writeStartObject();
            members(manifest, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Writes the members of the object alone. */
    public static void members(Manifest manifest, JsonGenerator json) {
        Manifest.Content content = manifest.content();
        json.writeNumberProperty(FORMAT, manifest.format());
        json.writeStringProperty("kind", content.kind().name());
        json.writeStringProperty("product", manifest.product());
        json.writeStringProperty("at", manifest.at().toString());
        json.writeStringProperty("layout", content.layout());
        json.writeArrayPropertyStart("schemas");
        content.schemas().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("scope", content.scope());
        json.writeStringProperty("replica", content.replica());
        json.writeNumberProperty("scopes", content.counts().scopes());
        json.writeNumberProperty("records", content.counts().records());
        json.writeNumberProperty("unsettled", content.counts().unsettled());
        json.writeNumberProperty("damaged", content.counts().damaged());
        json.writeStringProperty("fingerprint", content.fingerprint());
        json.writeNumberProperty("bytes", manifest.bytes());
        json.writeStringProperty("sha256", manifest.sha256());
    }

    /** The format that a manifest of whatever version names; 0 if it names none. */
    static int format(String text) {
        return JsonText.read(text) instanceof JsonTree.Members object
                        && object.members().containsKey(FORMAT)
                ? Math.toIntExact(number(object.members(), FORMAT))
                : 0;
    }

    /**
     * Reads a manifest of {@link Manifest#FORMAT}.
     *
     * @throws JsonRefusedException if it is no JSON
     * @throws IllegalArgumentException if it is no manifest
     */
    static Manifest read(String text) {
        if (!(JsonText.read(text) instanceof JsonTree.Members object)) {
            throw new IllegalArgumentException("a manifest is an object");
        }
        Map<String, JsonTree> members = object.members();
        try {
            Manifest.Content content = new Manifest.Content(
                    Manifest.Kind.valueOf(text(members, "kind")),
                    text(members, "layout"),
                    texts(members, "schemas"),
                    text(members, "scope"),
                    text(members, "replica"),
                    new Manifest.Counts(
                            number(members, "scopes"),
                            number(members, "records"),
                            number(members, "unsettled"),
                            number(members, "damaged")),
                    text(members, "fingerprint"));
            return new Manifest(
                    Math.toIntExact(number(members, FORMAT)),
                    text(members, "product"),
                    Instant.parse(text(members, "at")),
                    content,
                    number(members, "bytes"),
                    text(members, "sha256"));
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new IllegalArgumentException("a member has an impossible value", wrong);
        }
    }

    private static String text(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("the text " + name + " is missing");
    }

    private static long number(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Numeral number) {
            return Long.parseLong(number.literal());
        }
        throw new IllegalArgumentException("the number " + name + " is missing");
    }

    private static List<String> texts(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Elements elements) {
            return elements.elements().stream()
                    .map(element -> text(Map.of(name, element), name))
                    .toList();
        }
        throw new IllegalArgumentException("the list " + name + " is missing");
    }
}
