package io.holdfast.cli.simulate;

import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Schema;
import io.holdfast.simulation.world.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A part of a world's file. Whatever is not as it must be throws {@link IllegalArgumentException} with a sentence's worth of
 * where and why.
 *
 * @param path where in the file it stands; empty for the whole
 */
record WorldJson(String path, JsonTree tree) {

    private Map<String, JsonTree> members() {
        if (tree instanceof JsonTree.Members members) {
            return members.members();
        }
        throw wrong("an object is expected, not " + tree.kind());
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException((path.isEmpty() ? "" : path + ": ") + why);
    }

    /** Refuses names that mean nothing: they are misspelt. */
    void requireOnly(Set<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw wrong("\"" + name + "\" means nothing here; there are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    Set<String> names() {
        return members().keySet();
    }

    boolean has(String name) {
        return members().containsKey(name);
    }

    WorldJson member(String name) {
        JsonTree member = members().get(name);
        if (member == null) {
            throw wrong("\"" + name + "\" is missing");
        }
        return new WorldJson(path.isEmpty() ? name : path + "/" + name, member);
    }

    List<WorldJson> elements() {
        if (tree instanceof JsonTree.Elements elements) {
            return IntStream.range(0, elements.elements().size())
                    .mapToObj(i ->
                            new WorldJson(path + "/" + i, elements.elements().get(i)))
                    .toList();
        }
        throw wrong("an array is expected, not " + tree.kind());
    }

    String text() {
        if (tree instanceof JsonTree.Text text) {
            return text.text();
        }
        throw wrong("a text is expected, not " + tree.kind());
    }

    String text(String name) {
        return member(name).text();
    }

    int number(String name, int least, int most, int usual) {
        return has(name) ? member(name).number(least, most) : usual;
    }

    private int number(int least, int most) {
        if (tree instanceof JsonTree.Numeral numeral && numeral.literal().matches("\\d{1,9}")) {
            int number = Integer.parseInt(numeral.literal());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(String.format(Locale.ROOT, "a whole number from %,d to %,d is expected", least, most));
    }

    /** The rule that this part tells. */
    Rule rule(Schema schema) {
        requireOnly(Set.of("rule", "collection", "field"));
        Rule.Kind kind = choice(Rule.Kind.class, text("rule"), "rule");
        String collection = text("collection");
        if (schema.collection(collection).isEmpty()) {
            throw wrong("the schema has no collection " + collection);
        }
        Optional<String> field = has("field") ? Optional.of(text("field")) : Optional.empty();
        field.ifPresent(name -> requireField(schema, collection + "." + name));
        return new Rule(kind, collection, field);
    }

    /** Refuses a path that names no field of the schema. */
    static void requireField(Schema schema, String path) {
        int dot = path.indexOf('.');
        boolean known = dot > 0
                && schema.collection(path.substring(0, dot))
                        .flatMap(collection -> collection.field(path.substring(dot + 1)))
                        .isPresent();
        if (!known) {
            throw new IllegalArgumentException(
                    "the schema has no field " + path + "; fields are named collection.field");
        }
    }

    /** One of a closed choice, by its name. */
    static <E extends Enum<E>> E choice(Class<E> type, String name, String what) {
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + what + " " + name + "; there are "
                        + String.join(", ", Arrays.stream(all).map(Enum::name).toList())));
    }
}
