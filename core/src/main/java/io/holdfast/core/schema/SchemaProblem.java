package io.holdfast.core.schema;

/**
 * One rule that a schema breaks.
 *
 * @param path where, as a JSON pointer (RFC 6901) into the schema's text
 * @param sentence what is wrong and what is allowed
 */
public record SchemaProblem(String path, String sentence) {

    @Override
    public String toString() {
        return (path.isEmpty() ? "/" : path) + ": " + sentence;
    }
}
