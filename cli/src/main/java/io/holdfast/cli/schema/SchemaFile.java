package io.holdfast.cli.schema;

import io.holdfast.cli.frame.InputFile;
import io.holdfast.core.Limits;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaInvalidException;
import io.holdfast.core.schema.SchemaJson;
import java.nio.file.Path;
import java.util.Map;

/** Schemas that lie in files. Stateless. */
public final class SchemaFile {

    private SchemaFile() {}

    /**
     * Reads a schema.
     *
     * @throws HoldfastException USAGE if the file cannot be read; SCHEMA_INVALID with all that is wrong
     */
    public static Schema read(Path file) {
        byte[] json = InputFile.read(file, Limits.SCHEMA_BYTES_MAX);
        try {
            return SchemaJson.read(json);
        } catch (SchemaInvalidException refused) {
            throw new HoldfastException(
                    refused.code(), file + ": " + refused.getMessage(), Map.of("file", file.toString()));
        }
    }
}
