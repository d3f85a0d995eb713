package io.holdfast.core.schema;

/** JSON pointers (RFC 6901) to the parts of a schema's text. */
final class SchemaPaths {

    private SchemaPaths() {}

    static String collection(String name) {
        return "/collections/" + escaped(name);
    }

    static String field(String collection, String name) {
        return collection(collection) + "/fields/" + escaped(name);
    }

    static String escaped(String token) {
        return token.replace("~", "~0").replace("/", "~1");
    }
}
