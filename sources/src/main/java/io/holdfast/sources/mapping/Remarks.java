package io.holdfast.sources.mapping;

import java.util.List;
import java.util.Map;

/**
 * Comments for a mapping that is written for people.
 *
 * @param head above everything
 * @param fields above fields, by their names
 * @param left below the fields: what was left out
 * @param key above the key
 */
public record Remarks(List<String> head, Map<String, List<String>> fields, List<String> left, List<String> key) {

    /** None. */
    public static final Remarks NONE = new Remarks(List.of(), Map.of(), List.of(), List.of());

    /** Copies. */
    public Remarks {
        head = List.copyOf(head);
        fields = Map.copyOf(fields);
        left = List.copyOf(left);
        key = List.copyOf(key);
    }
}
