package io.holdfast.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * An index over one or several fields of a collection.
 *
 * @param fields one to eight names, in order of significance
 * @param kind what questions it answers
 * @param where which records it covers; all if absent
 */
public record Index(List<String> fields, Kind kind, Optional<Where> where) {

    /**
     * The records whose field holds one text, so that an index over a few of many stays small.
     *
     * @param field of TEXT
     */
    public record Where(String field, String is) {}

    /** An index over all records. */
    public Index(List<String> fields, Kind kind) {
        this(fields, kind, Optional.empty());
    }

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
