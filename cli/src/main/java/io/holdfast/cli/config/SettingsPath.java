package io.holdfast.cli.config;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The place of a setting: names, and numbers of elements, joined by dots. Stateless. */
final class SettingsPath {

    private SettingsPath() {}

    /** What stands at a place; everything for the empty one. */
    static JsonTree at(JsonTree tree, String path) {
        JsonTree found = tree;
        for (String name : names(path)) {
            found = switch (found) {
                case JsonTree.Members object
                when object.members().containsKey(name) -> object.members().get(name);
                case JsonTree.Elements list
                when index(list, name) < list.elements().size() ->
                    list.elements().get(index(list, name));
                default -> throw unknown(path);
            };
        }
        return found;
    }

    /** The same with another value at a place. One element more than a list has is added to it. */
    static JsonTree with(JsonTree tree, String path, JsonTree value) {
        return with(tree, names(path), path, value);
    }

    private static JsonTree with(JsonTree tree, List<String> names, String path, JsonTree value) {
        if (names.isEmpty()) {
            return value;
        }
        String name = names.getFirst();
        List<String> rest = names.subList(1, names.size());
        return switch (tree) {
            case JsonTree.Members object -> {
                Map<String, JsonTree> members = new LinkedHashMap<>(object.members());
                JsonTree inner = members.getOrDefault(name, new JsonTree.Members(Map.of()));
                members.put(name, with(inner, rest, path, value));
                yield new JsonTree.Members(members);
            }
            case JsonTree.Elements list -> {
                List<JsonTree> elements = new ArrayList<>(list.elements());
                int index = index(list, name);
                if (index == elements.size()) {
                    elements.add(new JsonTree.Members(Map.of()));
                }
                elements.set(index, with(elements.get(index), rest, path, value));
                yield new JsonTree.Elements(elements);
            }
            default -> throw unknown(path);
        };
    }

    private static List<String> names(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("\\.", -1));
    }

    private static int index(JsonTree.Elements list, String name) {
        if (name.matches("[0-9]{1,4}")
                && Integer.parseInt(name) <= list.elements().size()) {
            return Integer.parseInt(name);
        }
        throw unknown(name);
    }

    private static HoldfastException unknown(String path) {
        return new HoldfastException(
                ErrorCode.USAGE, "There is no setting " + path + "; 'holdfast config get' shows all of them.");
    }

    /** A value as people type it: JSON if it is some, else a text. */
    static JsonTree value(String text) {
        try {
            return JsonText.read(text);
        } catch (JsonRefusedException noJson) {
            return new JsonTree.Text(text);
        }
    }
}
