package io.holdfast.cli.records;

import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.value.Value;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;

/** Values as cells of a table for people. Stateless. */
public final class Cells {

    private Cells() {}

    /** The value as JSON would show it, but texts, instants and decimals without quotes, and nothing for an empty field. */
    public static String text(Value value) {
        return switch (value) {
            case Value.Null ignored -> "";
            case Value.Text text -> text.text();
            case Value other -> unquoted(json(other));
        };
    }

    private static String json(Value value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            DocumentWriter.write(value, out);
        }
        return text.toString();
    }

    private static String unquoted(String json) {
        boolean quoted = json.length() > 1 && json.startsWith("\"") && json.indexOf('\\') < 0;
        return quoted ? json.substring(1, json.length() - 1) : json;
    }
}
