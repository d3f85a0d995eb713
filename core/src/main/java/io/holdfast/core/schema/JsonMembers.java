package io.holdfast.core.schema;

import io.holdfast.core.json.JsonTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One object of a schema's text, read key by key. Whatever does not fit is noted as a problem and reads as absent. */
final class JsonMembers {

    private final Map<String, JsonTree> members;
    private final String path;
    private final List<SchemaProblem> problems;

    /** The object {@code tree}, which may have the {@code known} keys and no others. */
    JsonMembers(JsonTree tree, String path, Set<String> known, List<SchemaProblem> problems) {
        this.path = path;
        this.problems = problems;
        if (tree instanceof JsonTree.Members object) {
            this.members = object.members();
        } else {
            this.members = Map.of();
            problems.add(new SchemaProblem(path, "expected an object, found " + tree.kind()));
        }
        for (String key : members.keySet()) {
            if (!known.contains(key)) {
                problem(
                        key,
                        "unknown; known here are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    String path(String key) {
        return path + "/" + SchemaPaths.escaped(key);
    }

    void problem(String key, String sentence) {
        problems.add(new SchemaProblem(path(key), sentence));
    }

    /** Notes that a key must be there, unless it is there and was wrong; reads as {@code instead}. */
    <T> T missing(String key, T instead) {
        if (!has(key)) {
            problem(key, "missing");
        }
        return instead;
    }

    Optional<String> text(String key) {
        return read(
                key,
                "a string",
                tree -> tree instanceof JsonTree.Text text ? Optional.of(text.text()) : Optional.empty());
    }

    boolean flag(String key) {
        return read(
                        key,
                        "true or false",
                        tree -> tree instanceof JsonTree.Bool bool ? Optional.of(bool.flag()) : Optional.empty())
                .orElse(false);
    }

    Optional<Integer> integer(String key) {
        return read(key, "a whole number", JsonMembers::integer);
    }

    /** A number, written as a JSON number or, to keep all its digits, as a string. */
    Optional<BigDecimal> number(String key) {
        return read(key, "a number", JsonMembers::number);
    }

    <E extends Enum<E>> Optional<E> choice(String key, E[] choices) {
        return read(
                key,
                "one of "
                        + String.join(
                                ", ", Arrays.stream(choices).map(Enum::name).toList()),
                tree -> Arrays.stream(choices)
                        .filter(choice -> tree instanceof JsonTree.Text text
                                && choice.name().equals(text.text()))
                        .findFirst());
    }

    Map<String, JsonTree> object(String key) {
        return read(
                        key,
                        "an object",
                        tree -> tree instanceof JsonTree.Members object
                                ? Optional.of(object.members())
                                : Optional.empty())
                .orElseGet(() -> missing(key, Map.of()));
    }

    List<JsonTree> array(String key) {
        return read(
                        key,
                        "an array",
                        tree -> tree instanceof JsonTree.Elements array
                                ? Optional.of(array.elements())
                                : Optional.empty())
                .orElse(List.of());
    }

    Optional<List<String>> texts(String key) {
        return read(
                        key,
                        "an array",
                        tree -> tree instanceof JsonTree.Elements array ? Optional.of(array) : Optional.empty())
                .flatMap(array -> texts(array, path(key), problems));
    }

    static Optional<List<String>> texts(JsonTree.Elements array, String path, List<SchemaProblem> problems) {
        List<String> texts = new ArrayList<>();
        for (JsonTree element : array.elements()) {
            if (!(element instanceof JsonTree.Text text)) {
                problems.add(new SchemaProblem(path, "expected only strings, found " + element.kind()));
                return Optional.empty();
            }
            texts.add(text.text());
        }
        return Optional.of(texts);
    }

    private <T> Optional<T> read(String key, String expected, Function<JsonTree, Optional<T>> reader) {
        JsonTree tree = members.get(key);
        if (tree == null) {
            return Optional.empty();
        }
        Optional<T> read = reader.apply(tree);
        if (read.isEmpty()) {
            problem(key, "expected " + expected + ", found " + found(tree));
        }
        return read;
    }

    private static String found(JsonTree tree) {
        return switch (tree) {
            case JsonTree.Text text -> '"' + Violation.shortened(text.text()) + '"';
            case JsonTree.Numeral number -> Violation.shortened(number.literal());
            case JsonTree.Members ignored -> tree.kind();
            case JsonTree.Elements ignored -> tree.kind();
            case JsonTree.Bool bool -> Boolean.toString(bool.flag());
            case JsonTree.Null ignored -> tree.kind();
        };
    }

    private static Optional<Integer> integer(JsonTree tree) {
        try {
            return tree instanceof JsonTree.Numeral number
                    ? Optional.of(Integer.valueOf(number.literal()))
                    : Optional.empty();
        } catch (NumberFormatException tooLargeOrFraction) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> number(JsonTree tree) {
        try {
            return switch (tree) {
                case JsonTree.Numeral number -> Optional.of(new BigDecimal(number.literal()));
                case JsonTree.Text text -> Optional.of(new BigDecimal(text.text()));
                case JsonTree.Members ignored -> Optional.empty();
                case JsonTree.Elements ignored -> Optional.empty();
                case JsonTree.Bool ignored -> Optional.empty();
                case JsonTree.Null ignored -> Optional.empty();
            };
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
