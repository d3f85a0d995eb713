package io.holdfast.sources.yaml;

import io.holdfast.core.document.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One group of keys, read key by key. What does not fit is noted as a problem, with its line, and reads as absent. Not thread-safe. */
public final class YamlGroup {

    private final Map<String, YamlTree> values = new LinkedHashMap<>();
    private final int line;
    private final List<String> problems;

    /** The group {@code tree}, which may have the {@code known} keys and no others. */
    public YamlGroup(YamlTree tree, List<String> known, List<String> problems) {
        this.line = tree.line();
        this.problems = problems;
        if (!(tree instanceof YamlTree.Members group)) {
            problem(line, "expected keys such as '" + known.getFirst() + ":', found " + tree.kind());
            return;
        }
        for (YamlTree.Member member : group.members()) {
            if (known.contains(member.key())) {
                values.put(member.key(), member.value());
            } else {
                unknown(member, known);
            }
        }
    }

    private void unknown(YamlTree.Member member, List<String> known) {
        String advice = NearestName.of(member.key(), known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known here are " + String.join(", ", known));
        problem(member.line(), "unknown key '" + member.key() + "'; " + advice);
    }

    /** Notes what is wrong in a line. */
    public void problem(int where, String sentence) {
        problems.add("line " + where + ": " + sentence);
    }

    /** Where the group begins. */
    public int line() {
        return line;
    }

    /** Where a key's value stands; where the group begins if it is not there. */
    public int line(String key) {
        YamlTree value = values.get(key);
        return value == null ? line : value.line();
    }

    /** A key's value as it stands. */
    public Optional<YamlTree> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A text that must be there; reads as {@code instead} if it is not. */
    public String text(String key, String instead) {
        Optional<String> text = text(key);
        if (text.isEmpty() && !values.containsKey(key)) {
            problem(line, "'" + key + "' is missing");
        }
        return text.orElse(instead);
    }

    /** Any scalar is a text, {@code 2017} and {@code no} too; nothing is none. */
    public Optional<String> text(String key) {
        return read(
                key,
                "a text",
                tree -> tree instanceof YamlTree.Scalar scalar && !scalar.isNothing()
                        ? Optional.of(scalar.text())
                        : Optional.empty());
    }

    /** True or false; false if it is not there. */
    public boolean flag(String key) {
        return read(
                        key,
                        "true or false",
                        tree -> tree instanceof YamlTree.Scalar scalar && !scalar.quoted()
                                ? flagOf(scalar.text())
                                : Optional.empty())
                .orElse(false);
    }

    private static Optional<Boolean> flagOf(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A whole number of at least 1. */
    public Optional<Integer> positive(String key) {
        return read(
                key,
                "a whole number of 1 or more",
                tree -> tree instanceof YamlTree.Scalar scalar
                                && !scalar.quoted()
                                && scalar.text().matches("[1-9][0-9]{0,8}")
                        ? Optional.of(Integer.valueOf(scalar.text()))
                        : Optional.empty());
    }

    /** One of several words. */
    public <T> Optional<T> choice(String key, List<T> choices, Function<T, String> word) {
        return read(key, oneOf(choices.stream().map(word)), tree -> chosen(tree, choices, word));
    }

    /** A list of texts; empty if the key is not there. */
    public Optional<List<String>> texts(String key) {
        return read(key, "a list such as [a, b]", tree -> {
            if (!(tree instanceof YamlTree.Items items)) {
                return Optional.empty();
            }
            List<String> texts = new ArrayList<>();
            for (YamlTree item : items.items()) {
                if (!(item instanceof YamlTree.Scalar scalar) || scalar.isNothing()) {
                    return Optional.empty();
                }
                texts.add(scalar.text());
            }
            return Optional.of(texts);
        });
    }

    /** A list of words of a choice. */
    public <T> Optional<List<T>> choices(String key, List<T> choices, Function<T, String> word) {
        String expected = "a list of " + oneOf(choices.stream().map(word));
        return read(key, expected, tree -> {
            if (!(tree instanceof YamlTree.Items items)) {
                return Optional.empty();
            }
            List<T> chosen = new ArrayList<>();
            for (YamlTree item : items.items()) {
                Optional<T> one = chosen(item, choices, word);
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                chosen.add(one.get());
            }
            return Optional.of(chosen);
        });
    }

    private static <T> Optional<T> chosen(YamlTree tree, List<T> choices, Function<T, String> word) {
        return choices.stream()
                .filter(choice ->
                        tree instanceof YamlTree.Scalar scalar && scalar.text().equals(word.apply(choice)))
                .findFirst();
    }

    private static String oneOf(Stream<String> words) {
        return words.collect(Collectors.joining(", ", "one of ", ""));
    }

    private <T> Optional<T> read(String key, String expected, Function<YamlTree, Optional<T>> reader) {
        YamlTree tree = values.get(key);
        if (tree == null) {
            return Optional.empty();
        }
        Optional<T> read = reader.apply(tree);
        if (read.isEmpty()) {
            problem(tree.line(), "'" + key + "' is " + expected + ", found " + tree.kind());
        }
        return read;
    }
}
