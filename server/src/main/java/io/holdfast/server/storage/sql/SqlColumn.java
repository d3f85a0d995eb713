package io.holdfast.server.storage.sql;

/** A column of a table. */
public record SqlColumn(String name, ColumnType type) {

    /** The name as it stands in a statement. Names hold no quotation marks: letters, digits and underscores only. */
    public String quoted() {
        return quoted(name);
    }

    /** Any identifier as it stands in a statement. */
    public static String quoted(String identifier) {
        return '"' + identifier + '"';
    }
}
