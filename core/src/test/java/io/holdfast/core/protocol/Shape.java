package io.holdfast.core.protocol;

import io.holdfast.core.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What messages look like, learnt from many of them: which properties they have, where, whether always, and what these hold.
 * Names that are data (of fields, elements, leaves) are written as {@code *}; values of fields are described once, whatever
 * message they stand in. Not thread-safe.
 */
final class Shape {

    /** Properties whose value is an object with names that are data. */
    private static final Set<String> MAPS =
            Set.of("bases", "counter", "fields", "leaves", "nodes", "set", "stamps", "set.*");

    /** Properties that hold one of a few words. */
    private static final Set<String> WORDS = Set.of("kind", "outcome");

    private static final String FIELD = "fields.*";

    private final Map<String, Place> places = new TreeMap<>();

    private static final class Place {
        private final Set<String> kinds = new TreeSet<>();
        private int count;
        private int parents;
    }

    /** Learns from one more message of a kind. */
    void learn(String kind, JsonTree message) {
        learn(kind, "", message);
    }

    private void learn(String path, String name, JsonTree tree) {
        if (name.equals(FIELD)) {
            places.computeIfAbsent(path, ignored -> new Place()).kinds.add("a value");
            learn("value", "", tree);
            return;
        }
        Place place = places.computeIfAbsent(path, ignored -> new Place());
        place.count++;
        place.kinds.add(kind(name, tree));
        switch (tree) {
            case JsonTree.Members members -> {
                boolean map = MAPS.contains(name);
                members.members().forEach((member, value) -> {
                    boolean data = map && !member.equals("scale");
                    learn(path + "." + (data ? "*" : member), data ? name + ".*" : member, value);
                });
                if (!map) {
                    places.forEach((other, at) -> at.parents += isProperty(path, other) ? 1 : 0);
                }
            }
            case JsonTree.Elements elements -> elements.elements().forEach(element -> learn(path + "[]", "", element));
            case JsonTree.Text ignored -> {}
            case JsonTree.Numeral ignored -> {}
            case JsonTree.Bool ignored -> {}
            case JsonTree.Null ignored -> {}
        }
    }

    private static boolean isProperty(String parent, String path) {
        return path.startsWith(parent + ".") && path.indexOf('.', parent.length() + 1) < 0 && !path.endsWith("]");
    }

    private static String kind(String name, JsonTree tree) {
        return switch (tree) {
            case JsonTree.Text text when WORDS.contains(name) -> text.text();
            case JsonTree.Numeral number -> number.literal().matches("-?[0-9]+") ? "whole number" : "number";
            default -> tree.kind();
        };
    }

    /** One line for each place: where, what, and whether every object there has it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        places.forEach((path, place) -> lines.add(
                path + ": " + String.join(" or ", place.kinds) + (place.parents > place.count ? ", or absent" : "")));
        return lines;
    }
}
