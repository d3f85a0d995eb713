package io.holdfast.core.schema;

import io.holdfast.core.Limits;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A schema as JSON text, for all languages.
 *
 * <pre>{@code
 * { "name": "journal", "version": 1, "collections": { "entries": {
 *     "fields": { "account": {"type": "TEXT", "required": true}, "views": {"type": "INTEGER", "merge": "COUNTER"} },
 *     "indexes": [["account"], {"fields": ["account"], "kind": "EQUALITY"}] } } }
 * }</pre>
 *
 * <p>Reading is strict: unknown keys, repeated keys, wrong types and broken rules are all refused, and reported together.
 * Stateless and thread-safe.
 */
public final class SchemaJson {

    private SchemaJson() {}

    /**
     * Reads a schema.
     *
     * @throws SchemaInvalidException (SCHEMA_INVALID) with all that is wrong
     */
    public static Schema read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #read(String)}, from UTF-8. */
    public static Schema read(byte[] utf8) {
        if (utf8.length > Limits.SCHEMA_BYTES_MAX) {
            throw refused("a schema has at most " + Limits.SCHEMA_BYTES_MAX + " bytes");
        }
        JsonTree tree;
        try {
            tree = JsonText.read(utf8);
        } catch (JsonRefusedException malformed) {
            throw refused(malformed.detail());
        }
        return new SchemaReader().read(tree);
    }

    /** The canonical text: RFC 8785, without anything that has its default. Equal schemas have equal texts. */
    public static String write(Schema schema) {
        return schema.text();
    }

    private static SchemaInvalidException refused(String sentence) {
        return new SchemaInvalidException(List.of(new SchemaProblem("", sentence)));
    }
}
