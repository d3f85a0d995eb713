package io.holdfast.core.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON message as UTF-8. */
final class JsonOut {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonOut() {}

    static byte[] write(Consumer<JsonGenerator> message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            message.accept(out);
        }
        return bytes.toByteArray();
    }

    /** Writes a property whose value is already JSON. */
    static void raw(JsonGenerator out, String name, byte[] json) {
        out.writeName(name);
        out.writeRawValue(new String(json, StandardCharsets.UTF_8));
    }
}
