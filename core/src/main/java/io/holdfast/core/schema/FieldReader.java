package io.holdfast.core.schema;

import io.holdfast.core.json.JsonTree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads one field of a schema's text. */
final class FieldReader {

    private static final Set<String> KEYS = Set.of(
            "type", "required", "maxLength", "min", "max", "pattern", "oneOf", "fullText", "merge", "sensitivity");

    private final List<SchemaProblem> problems;

    FieldReader(List<SchemaProblem> problems) {
        this.problems = problems;
    }

    /** The field, empty if its type cannot be told; whatever is wrong is among the problems. */
    Optional<Field> read(String name, JsonTree tree, String path) {
        JsonMembers members = new JsonMembers(tree, path, KEYS, problems);
        MergeRule merge = members.choice("merge", MergeRule.values()).orElse(MergeRule.LAST_WRITE);
        Sensitivity sensitivity =
                members.choice("sensitivity", Sensitivity.values()).orElse(Sensitivity.INTERNAL);
        Constraints constraints = constraints(members);
        boolean fullText = members.flag("fullText");
        return type(members).map(type -> new Field(name, type, merge, sensitivity, constraints, fullText));
    }

    private static Optional<FieldType> type(JsonMembers members) {
        Optional<String> name = members.text("type");
        Optional<FieldType> type = name.flatMap(FieldTypeName::parse);
        if (type.isEmpty() && (name.isPresent() || !members.has("type"))) {
            members.problem(
                    "type",
                    "a type is TEXT, INTEGER, REAL, DECIMAL(p,s) with p up to 38 and s up to p, BOOLEAN, INSTANT, DURATION, "
                            + "BYTES or JSON");
        }
        return type;
    }

    private static Constraints constraints(JsonMembers members) {
        Optional<BigDecimal> min = members.number("min");
        Optional<BigDecimal> max = members.number("max");
        Optional<Integer> maxLength = members.integer("maxLength");
        List<String> oneOf = members.texts("oneOf").orElse(List.of());
        if (members.has("oneOf") && oneOf.isEmpty()) {
            members.problem("oneOf", "choices are a list of one or more strings");
        }
        return new Constraints(
                members.flag("required"),
                maxLength.map(OptionalInt::of).orElse(OptionalInt.empty()),
                min,
                max,
                members.text("pattern"),
                oneOf);
    }
}
