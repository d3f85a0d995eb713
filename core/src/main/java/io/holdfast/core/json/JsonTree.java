package io.holdfast.core.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value in memory. Immutable. Numbers keep the text they were written as, so that nothing is lost to a double. */
public sealed interface JsonTree {

    /** An object; the members keep their order, and no name occurs twice. */
    record Members(Map<String, JsonTree> members) implements JsonTree {
        /** Copies. */
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** An array. */
    record Elements(List<JsonTree> elements) implements JsonTree {
        /** Copies. */
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /** A string, without NUL and without lone surrogates if {@link JsonText} has read it. */
    record Text(String text) implements JsonTree {}

    /**
     * A number.
     *
     * @param literal as written, in JSON's grammar
     */
    record Numeral(String literal) implements JsonTree {}

    /** {@code true} or {@code false}. */
    record Bool(boolean flag) implements JsonTree {}

    /** {@code null}. */
    record Null() implements JsonTree {}

    /** What the value is called in a sentence for people. */
    default String kind() {
        return switch (this) {
            case Members ignored -> "an object";
            case Elements ignored -> "an array";
            case Text ignored -> "a string";
            case Numeral ignored -> "a number";
            case Bool ignored -> "true or false";
            case Null ignored -> "null";
        };
    }
}
