package io.holdfast.sources.google;

import io.holdfast.core.json.JsonTree;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into JSON whose shape somebody else decides: what is not there, or is of another kind, reads as absent. Stateless. */
final class Members {

    private Members() {}

    static Optional<JsonTree> at(JsonTree tree, String... path) {
        JsonTree found = tree;
        for (String name : path) {
            @Nullable
            JsonTree next =
                    found instanceof JsonTree.Members object ? object.members().get(name) : null;
            if (next == null) {
                return Optional.empty();
            }
            found = next;
        }
        return Optional.of(found);
    }

    static Optional<String> text(JsonTree tree, String... path) {
        return at(tree, path)
                .flatMap(found -> found instanceof JsonTree.Text text ? Optional.of(text.text()) : Optional.empty());
    }

    static Optional<Boolean> flag(JsonTree tree, String... path) {
        return at(tree, path)
                .flatMap(found -> found instanceof JsonTree.Bool bool ? Optional.of(bool.flag()) : Optional.empty());
    }

    /** A whole number of at most nine digits. */
    static Optional<Integer> integer(JsonTree tree, String... path) {
        return at(tree, path)
                .flatMap(found -> found instanceof JsonTree.Numeral number
                                && number.literal().matches("[0-9]{1,9}")
                        ? Optional.of(Integer.valueOf(number.literal()))
                        : Optional.empty());
    }

    static List<JsonTree> list(JsonTree tree, String... path) {
        return at(tree, path)
                .map(found -> found instanceof JsonTree.Elements array ? array.elements() : List.<JsonTree>of())
                .orElse(List.of());
    }
}
