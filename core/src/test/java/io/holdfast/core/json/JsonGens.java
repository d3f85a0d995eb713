package io.holdfast.core.json;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generators of JSON for the tests of core. */
public final class JsonGens {

    private JsonGens() {}

    /** Values of every kind, with numbers that a double holds. */
    public static Gen<JsonTree> trees() {
        Gen<JsonTree> leaf = Gens.<JsonTree>oneOf(
                Gens.constant(new JsonTree.Null()),
                Gens.booleans().map(JsonTree.Bool::new),
                Gens.ints().map(number -> new JsonTree.Numeral(Integer.toString(number))),
                Gens.doubles().map(number -> new JsonTree.Numeral(Double.toString(number))),
                Gens.texts(0, 8).map(JsonTree.Text::new));
        return Gens.recursive(
                leaf,
                below -> Gens.oneOf(
                        below.list(0, 4).map(JsonTree.Elements::new),
                        Gens.maps(Gens.texts(0, 4), below, 0, 4).map(JsonTree.Members::new)),
                4);
    }

    /** The same value with the members of every object in another order. */
    public static JsonTree shuffled(JsonTree tree, long seed) {
        return switch (tree) {
            case JsonTree.Members object -> {
                Map<String, JsonTree> members = new LinkedHashMap<>();
                List<String> names = Gens.permutations(
                                new ArrayList<>(object.members().keySet()))
                        .sample(seed);
                names.forEach(name ->
                        members.put(name, shuffled(object.members().getOrDefault(name, tree), seed)));
                yield new JsonTree.Members(members);
            }
            case JsonTree.Elements array ->
                new JsonTree.Elements(array.elements().stream()
                        .map(element -> shuffled(element, seed))
                        .toList());
            case JsonTree.Text ignored -> tree;
            case JsonTree.Numeral ignored -> tree;
            case JsonTree.Bool ignored -> tree;
            case JsonTree.Null ignored -> tree;
        };
    }

    /** Texts a few edits away from one that is fine: what a broken writer or a cut connection leaves. */
    public static Gen<String> damaged(String text) {
        Gen<String> noise = Gens.oneOf(
                Gens.pick(
                        "\"", "{", "}", "[", "]", ",", ":", "\\", "1e999999999", "null", "\\u0000", "-", "\ud800", " "),
                Gens.strings().map(string -> string.substring(0, Math.min(3, string.length()))));
        return choices -> {
            StringBuilder damaged = new StringBuilder(text);
            for (int left = 1 + choices.index(3); left > 0; left--) {
                int from = choices.index(damaged.length() + 1);
                int to = Math.min(damaged.length(), from + choices.index(4));
                damaged.replace(from, to, noise.next(choices));
            }
            return damaged.toString();
        };
    }
}
