package io.holdfast.server.storage.sql;

/**
 * What a column holds, whatever the engine calls it.
 *
 * @param digits of a DECIMAL, else 0
 * @param scale of a DECIMAL, else 0
 */
public record ColumnType(Kind kind, int digits, int scale) {

    /** The kinds, and the Java type that carries each between the storage and JDBC. */
    public enum Kind {
        /** {@link String}, ordered by its UTF-8 bytes. */
        TEXT,
        /** {@link Long}. */
        LONG,
        /** {@link Double}, finite. */
        DOUBLE,
        /** {@link java.math.BigDecimal} of exactly the column's scale. */
        DECIMAL,
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Long}: microseconds since 1970. */
        INSTANT,
        /** {@code byte[]}. */
        BYTES
    }

    /** A kind without parameters. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }
}
