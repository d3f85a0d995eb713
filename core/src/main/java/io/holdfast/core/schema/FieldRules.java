package io.holdfast.core.schema;

import io.holdfast.core.Limits;
import io.holdfast.core.schema.FieldType.Decimal;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.value.WellFormedText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which merge rule, sensitivity and constraints fit which type of field. */
final class FieldRules {

    /** A counter's totals are 64-bit units. */
    private static final int COUNTER_PRECISION_MAX = 18;

    /** Doubles end at 1.8E308 and begin at 4.9E-324. */
    private static final int EXPONENT_MAX = 325;

    private FieldRules() {}

    static void check(Field field, String path, List<SchemaProblem> problems) {
        merge(field, path + "/merge", problems);
        if (field.fullText() && (field.type() != Simple.TEXT || field.merge() == MergeRule.UNION)) {
            problems.add(new SchemaProblem(path + "/fullText", "only TEXT that is not a UNION can be searched"));
        }
        Constraints constraints = field.constraints();
        length(field, path + "/maxLength", problems);
        range(field, path, problems);
        constraints.pattern().ifPresent(pattern -> pattern(field, pattern, path + "/pattern", problems));
        choices(field, path + "/oneOf", problems);
    }

    private static void merge(Field field, String path, List<SchemaProblem> problems) {
        boolean fits = switch (field.merge()) {
            case LAST_WRITE, SERVER, REVIEW -> true;
            case MAX, MIN -> field.type() != Simple.JSON && field.type() != Simple.BYTES;
            case COUNTER -> countable(field.type());
            case UNION -> field.type() == Simple.TEXT;
        };
        if (!fits) {
            problems.add(new SchemaProblem(
                    path, field.merge() + " does not fit " + field.type() + "; " + fitting(field.merge())));
        }
        boolean lattice =
                field.merge() != MergeRule.LAST_WRITE && !field.merge().isDecision();
        if (lattice && field.sensitivity().wipedOnDelete()) {
            // What a deletion wipes must be told from later writes by its stamp, and these rules mix writes of many
            // stamps.
            problems.add(new SchemaProblem(
                    path,
                    field.sensitivity() + " fields are wiped on deletion, which " + field.merge()
                            + " cannot do; use LAST_WRITE, SERVER or REVIEW"));
        }
    }

    private static boolean countable(FieldType type) {
        return type == Simple.INTEGER
                || (type instanceof Decimal decimal && decimal.precision() <= COUNTER_PRECISION_MAX);
    }

    private static String fitting(MergeRule rule) {
        return switch (rule) {
            case COUNTER -> "it counts INTEGER and DECIMAL of at most " + COUNTER_PRECISION_MAX + " digits";
            case UNION -> "it is for TEXT";
            case MAX, MIN -> "it is for types that have an order, not JSON and BYTES";
            case LAST_WRITE, SERVER, REVIEW -> "it is for every type";
        };
    }

    private static void length(Field field, String path, List<SchemaProblem> problems) {
        if (field.constraints().maxLength().isEmpty()) {
            return;
        }
        if (field.type() != Simple.TEXT && field.type() != Simple.BYTES && field.type() != Simple.JSON) {
            problems.add(new SchemaProblem(path, "only TEXT, BYTES and JSON have a length"));
        }
        int length = field.constraints().maxLength().getAsInt();
        if (length < 1 || length > Limits.FIELD_BYTES_MAX) {
            problems.add(new SchemaProblem(path, "a length is 1 to " + Limits.FIELD_BYTES_MAX));
        }
    }

    private static void range(Field field, String path, List<SchemaProblem> problems) {
        Constraints constraints = field.constraints();
        bound(field, constraints.min().stream().toList(), path + "/min", problems);
        bound(field, constraints.max().stream().toList(), path + "/max", problems);
        if (constraints.min().isPresent()
                && constraints.max().isPresent()
                && constraints.min().get().compareTo(constraints.max().get()) > 0) {
            problems.add(new SchemaProblem(path + "/min", "the least number is above the greatest"));
        }
    }

    private static void bound(Field field, List<BigDecimal> bound, String path, List<SchemaProblem> problems) {
        boolean numeric =
                field.type() == Simple.INTEGER || field.type() == Simple.REAL || field.type() instanceof Decimal;
        if (!bound.isEmpty() && !numeric) {
            problems.add(new SchemaProblem(path, "only INTEGER, REAL and DECIMAL have a range"));
        }
        if (bound.stream().anyMatch(number -> Math.abs((long) number.precision() - number.scale()) > EXPONENT_MAX)) {
            problems.add(new SchemaProblem(path, "the bound is beyond the range of every number type"));
        }
    }

    private static void pattern(Field field, String pattern, String path, List<SchemaProblem> problems) {
        if (field.type() != Simple.TEXT) {
            problems.add(new SchemaProblem(path, "only TEXT has a pattern"));
        }
        if (pattern.length() > Limits.PATTERN_LENGTH_MAX) {
            problems.add(new SchemaProblem(path, "a pattern has at most " + Limits.PATTERN_LENGTH_MAX + " characters"));
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException invalid) {
            problems.add(new SchemaProblem(path, "the pattern is no regular expression: " + invalid.getDescription()));
        }
    }

    private static void choices(Field field, String path, List<SchemaProblem> problems) {
        List<String> choices = field.constraints().oneOf();
        if (!choices.isEmpty() && field.type() != Simple.TEXT) {
            problems.add(new SchemaProblem(path, "only TEXT has choices"));
        }
        if (choices.size() > Limits.CHOICES_MAX) {
            problems.add(new SchemaProblem(path, "a field has at most " + Limits.CHOICES_MAX + " choices"));
        }
        if (!choices.stream().allMatch(WellFormedText::isWellFormed)) {
            problems.add(new SchemaProblem(path, "a choice has NUL or a lone surrogate"));
        }
        for (String twice : repeated(choices)) {
            problems.add(new SchemaProblem(path, "the choice \"" + Violation.shortened(twice) + "\" is there twice"));
        }
    }

    private static List<String> repeated(List<String> choices) {
        Set<String> seen = new HashSet<>();
        List<String> repeated = new ArrayList<>();
        for (String choice : choices) {
            if (!seen.add(choice)) {
                repeated.add(choice);
            }
        }
        return repeated;
    }
}
