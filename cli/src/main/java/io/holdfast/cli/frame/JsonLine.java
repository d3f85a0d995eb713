package io.holdfast.cli.frame;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON object as one line, so that a reader can take results line by line. */
public final class JsonLine {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonLine() {}

    /**
     * Prints an object and a line feed; does not flush.
     *
     * @param body writes the members
     */
    public static void print(PrintStream out, Consumer<JsonGenerator> body) {
        out.print(of(body));
        out.print('\n');
    }

    /** The text of an object, without a line feed. */
    public static String of(Consumer<JsonGenerator> body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            body.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
