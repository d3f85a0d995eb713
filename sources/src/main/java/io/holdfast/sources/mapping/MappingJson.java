package io.holdfast.sources.mapping;

import io.holdfast.core.json.JsonText;
import io.holdfast.core.schema.Sensitivity;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes mappings as JSON, so that {@link MappingReader} reads the same again; what has its default is left out. Stateless. */
public final class MappingJson {

    private MappingJson() {}

    /** As compact JSON. */
    public static String of(Mapping mapping) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.generator(text)) {
            json.writeStartObject();
            write(json, mapping);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Writes the members of a mapping into an object that is open. */
    public static void write(JsonGenerator json, Mapping mapping) {
        json.writeStringProperty("target", mapping.target());
        if (mapping.version() != 1) {
            json.writeNumberProperty("version", mapping.version());
        }
        mapping.sheet().ifPresent(sheet -> json.writeStringProperty("sheet", sheet));
        switch (mapping.header()) {
            case HeaderHint.Found ignored -> {}
            case HeaderHint.At at -> json.writeNumberProperty("header", at.row());
            case HeaderHint.None ignored -> json.writeStringProperty("header", "none");
        }
        if (!mapping.zone().equals(ZoneOffset.UTC)) {
            json.writeStringProperty("zone", mapping.zone().getId());
        }
        json.writeObjectPropertyStart("fields");
        mapping.fields().forEach(field -> write(json, field, mapping.key()));
        json.writeEndObject();
        if (mapping.key().isEmpty()) {
            json.writeStringProperty("key", "row");
        } else {
            texts(json, "key", mapping.key());
        }
        json.writeStringProperty("duplicates", MappingReader.word(mapping.duplicates()));
        json.writeStringProperty("deletions", MappingReader.word(mapping.deletions()));
        mapping.timestamp().ifPresent(field -> json.writeStringProperty("timestamp", field));
    }

    private static void write(JsonGenerator json, MappedField field, List<String> key) {
        json.writeObjectPropertyStart(field.name());
        json.writeStringProperty("column", field.column());
        json.writeStringProperty("type", field.field().type().toString());
        if (field.field().constraints().required() && !key.contains(field.name())) {
            json.writeBooleanProperty("required", true);
        }
        field.field().constraints().pattern().ifPresent(format -> json.writeStringProperty("format", format));
        if (!MappingWriter.isDefault(field)) {
            texts(json, "normalise", MappingWriter.words(field).toList());
        }
        field.dates().ifPresent(form -> json.writeStringProperty("dates", form.word()));
        field.references().ifPresent(target -> json.writeStringProperty("references", target));
        if (field.field().sensitivity() != Sensitivity.INTERNAL) {
            json.writeStringProperty(
                    "sensitivity", MappingReader.word(field.field().sensitivity()));
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }
}
