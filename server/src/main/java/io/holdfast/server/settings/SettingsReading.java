package io.holdfast.server.settings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes settings out of one JSON object, and notes everything that is wrong with them. Not thread-safe. */
final class SettingsReading {

    private static final int TEXT_MAX = 1_000;

    private final String path;
    private final Map<String, JsonTree> left;
    private final List<Violation> violations;

    private SettingsReading(String path, Map<String, JsonTree> members, List<Violation> violations) {
        this.path = path;
        this.left = new LinkedHashMap<>(members);
        this.violations = violations;
    }

    static SettingsReading of(JsonTree tree, List<Violation> violations) {
        return object("", tree, violations);
    }

    private static SettingsReading object(String path, JsonTree tree, List<Violation> violations) {
        if (tree instanceof JsonTree.Members object) {
            return new SettingsReading(path, object.members(), violations);
        }
        violations.add(new Violation(ErrorCode.FIELD_TYPE, path, tree.kind(), "Write an object."));
        return new SettingsReading(path, Map.of(), violations);
    }

    private String name(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    void wrong(ErrorCode code, String member, String value, String advice) {
        violations.add(new Violation(code, name(member), Violation.shortened(value), advice));
    }

    private @Nullable JsonTree take(String member) {
        return left.remove(member);
    }

    SettingsReading part(String member) {
        JsonTree tree = take(member);
        return tree == null
                ? new SettingsReading(name(member), Map.of(), violations)
                : object(name(member), tree, violations);
    }

    List<SettingsReading> parts(String member, int most) {
        List<SettingsReading> parts = new ArrayList<>();
        List<JsonTree> elements = elements(member, most);
        for (int i = 0; i < elements.size(); i++) {
            parts.add(object(name(member) + "." + i, elements.get(i), violations));
        }
        return parts;
    }

    List<String> texts(String member, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonTree element : elements(member, most)) {
            if (element instanceof JsonTree.Text text) {
                texts.add(bounded(member, text.text()));
            } else {
                wrong(ErrorCode.FIELD_TYPE, member, element.kind(), "Write a list of strings.");
            }
        }
        return texts;
    }

    private List<JsonTree> elements(String member, int most) {
        JsonTree tree = take(member);
        if (tree == null) {
            return List.of();
        }
        if (!(tree instanceof JsonTree.Elements list)) {
            wrong(ErrorCode.FIELD_TYPE, member, tree.kind(), "Write a list.");
            return List.of();
        }
        if (list.elements().size() > most) {
            wrong(ErrorCode.FIELD_LENGTH, member, list.elements().size() + " elements", "Give at most " + most + ".");
            return List.of();
        }
        return list.elements();
    }

    int number(String member, int least, int most, int instead) {
        JsonTree tree = take(member);
        if (tree == null) {
            return instead;
        }
        if (!(tree instanceof JsonTree.Numeral number)) {
            wrong(ErrorCode.FIELD_TYPE, member, tree.kind(), "Write a whole number.");
            return instead;
        }
        if (number.literal().matches("-?[0-9]{1,9}")) {
            int value = Integer.parseInt(number.literal());
            if (value >= least && value <= most) {
                return value;
            }
        }
        wrong(
                ErrorCode.FIELD_RANGE,
                member,
                number.literal(),
                "Use a whole number from " + least + " to " + most + ".");
        return instead;
    }

    boolean flag(String member, boolean instead) {
        return switch (take(member)) {
            case null -> instead;
            case JsonTree.Bool bool -> bool.flag();
            case JsonTree other -> {
                wrong(ErrorCode.FIELD_TYPE, member, other.kind(), "Write true or false.");
                yield instead;
            }
        };
    }

    String text(String member, String instead) {
        return switch (take(member)) {
            case null -> instead;
            case JsonTree.Text text -> bounded(member, text.text());
            case JsonTree other -> {
                wrong(ErrorCode.FIELD_TYPE, member, other.kind(), "Write a string.");
                yield instead;
            }
        };
    }

    private String bounded(String member, String text) {
        if (text.length() > TEXT_MAX) {
            wrong(ErrorCode.FIELD_LENGTH, member, text, "Use at most " + TEXT_MAX + " characters.");
            return "";
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            wrong(ErrorCode.FIELD_TEXT, member, "", "Remove line breaks and other control characters.");
            return "";
        }
        return text;
    }

    /** Whatever nobody asked for is misspelt, or of a newer version. */
    void end() {
        left.forEach((member, value) ->
                wrong(ErrorCode.FIELD_UNKNOWN, member, "", "There is no such setting; check its name."));
    }
}
