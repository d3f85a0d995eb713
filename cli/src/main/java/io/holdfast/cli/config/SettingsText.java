package io.holdfast.cli.config;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Settings for people: one line each, as {@code config set} takes them. Stateless. */
final class SettingsText {

    private SettingsText() {}

    static List<String> lines(String path, JsonTree tree) {
        return switch (tree) {
            case JsonTree.Members object
            when !object.members().isEmpty() ->
                object.members().entrySet().stream()
                        .flatMap(member -> lines(joined(path, member), member.getValue()).stream())
                        .toList();
            case JsonTree.Elements list
            when list.elements().stream().anyMatch(JsonTree.Members.class::isInstance) ->
                IntStream.range(0, list.elements().size())
                        .boxed()
                        .flatMap(i -> lines(path + "." + i, list.elements().get(i)).stream())
                        .toList();
            case JsonTree.Text text -> Stream.of(path + "=" + text.text()).toList();
            default -> List.of(path + "=" + json(tree));
        };
    }

    private static String joined(String path, Map.Entry<String, JsonTree> member) {
        return path.isEmpty() ? member.getKey() : path + "." + member.getKey();
    }

    static String json(JsonTree tree) {
        return CanonicalJson.of(tree);
    }
}
