package io.holdfast.core.protocol;

import io.holdfast.core.value.Value;
import java.nio.charset.StandardCharsets;

/** A value by itself, in its form on the wire. */
public final class ValueText {

    private ValueText() {}

    /** The value as JSON text. */
    public static String json(Value value) {
        return new String(JsonOut.write(out -> ValueJson.write(out, value)), StandardCharsets.UTF_8);
    }

    /**
     * Reads the text back.
     *
     * @throws io.holdfast.core.error.HoldfastException JSON_MALFORMED
     */
    public static Value parse(String json) {
        return JsonIn.read(json.getBytes(StandardCharsets.UTF_8), ValueJson::read);
    }
}
