package io.holdfast.core.schema;

import io.holdfast.core.value.Sha256;

/**
 * Names the content of a schema: 32 hexadecimal digits, the first 16 bytes of SHA-256 over its canonical text
 * ({@link SchemaJson#write}). Equal schemas have equal names, on every machine.
 */
public final class SchemaHash {

    private static final int BYTES = 16;

    private SchemaHash() {}

    /** The name of the schema's content. */
    public static String of(Schema schema) {
        return new Sha256().text(SchemaJson.write(schema)).hex(BYTES);
    }
}
