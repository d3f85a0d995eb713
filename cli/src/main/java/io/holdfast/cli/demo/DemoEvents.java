package io.holdfast.cli.demo;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JsonGenerator;

/** The real events that the demonstration imports, and the schema and rules it lives under. Stateless. */
final class DemoEvents {

    /** The only collection. */
    static final String COLLECTION = "events";

    private static final String FOLDER = "/demo/";
    private static final int TIME_LENGTH = "2026-11-20T08:30:00".length();

    private DemoEvents() {}

    /** One event as {@code holdfast put} reads it. */
    record Event(String id, String line) {}

    /** All of them, in the order of the file. */
    static List<Event> all() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(resource("events.ndjson.gz")), StandardCharsets.UTF_8))) {
            return in.lines().map(DemoEvents::event).toList();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    static Schema schema() {
        return SchemaJson.read(bytes("schema.json"));
    }

    static byte[] rules() {
        return bytes("rules.json");
    }

    private static Event event(String line) {
        if (!(JsonText.read(line) instanceof JsonTree.Members original)) {
            throw new IllegalStateException("each line of the events is an object");
        }
        String id = text(original, "id");
        return new Event(id, JsonLine.of(json -> {
            json.writeStringProperty("id", id);
            for (String field : List.of("source", "account", "occurred_at", "recorded_at", "note")) {
                json.writeStringProperty(field, text(original, field));
            }
            json.writeStringProperty("zone", text(original, "occurred_at").substring(TIME_LENGTH));
            number(original, "parents", json);
        }));
    }

    private static String text(JsonTree.Members object, String name) {
        if (object.members().get(name) instanceof JsonTree.Text text) {
            return text.text();
        }
        throw new IllegalStateException("every event has a text " + name);
    }

    private static void number(JsonTree.Members object, String name, JsonGenerator json) {
        if (object.members().get(name) instanceof JsonTree.Numeral number) {
            json.writeNumberProperty(name, Long.parseLong(number.literal()));
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream in = resource(name)) {
            return in.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** A file of the demonstration. */
    static InputStream resource(String name) {
        return Objects.requireNonNull(
                DemoEvents.class.getResourceAsStream(FOLDER + name), "the build left out " + FOLDER + name);
    }
}
