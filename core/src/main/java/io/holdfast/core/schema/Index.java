package io.holdfast.core.schema;

import java.util.List;

/**
 * An index over one or several fields of a collection.
 *
 * @param fields one to eight names, in order of significance
 * @param kind what questions it answers
 */
public record Index(List<String> fields, Kind kind) {

    /** What an index is good for. */
    public enum Kind {
        /** Equality, ranges, prefixes and order. */
        ORDERED,
        /** Equality only. */
        EQUALITY
    }

    /** Copies. */
    public Index {
        fields = List.copyOf(fields);
    }
}
