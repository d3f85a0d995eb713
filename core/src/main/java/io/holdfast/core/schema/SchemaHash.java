package io.holdfast.core.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the content of a schema: 32 hexadecimal digits, the first 16 bytes of SHA-256 over its canonical text
 * ({@link SchemaJson#write}). Equal schemas have equal names, on every machine.
 */
public final class SchemaHash {

    private static final int BYTES = 16;

    private SchemaHash() {}

    /** The name of the schema's content. */
    public static String of(Schema schema) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(SchemaJson.write(schema).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
