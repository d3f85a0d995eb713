package io.holdfast.server.http.look;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentOutcome;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueOrder;
import io.holdfast.core.value.WellFormedText;
import io.holdfast.server.http.problem.HttpRefusal;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * One filter on a collection's records, as in {@code potency >= 3}: a field, an operator, and a value as documents write
 * it, text without quotes. A field that holds nothing meets only {@code = null}. Immutable.
 *
 * @param value {@link Value#NULL} for nothing
 */
record Condition(Field field, Operator operator, Value value) {

    /** Possessive, so that a long run of blanks is gone through once. */
    private static final Pattern FORM =
            Pattern.compile("\\s*+(\\w++)\\s*+(!=|<=|>=|\\^=|=|<|>|has\\s++)(.*+)", Pattern.DOTALL);

    /** How a field is compared with a value. */
    enum Operator {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        /** The text begins with the value. */
        BEGINS("^="),
        /** The union has the value among its elements. */
        HAS("has");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private static Operator of(String sign) {
            return Arrays.stream(values())
                    .filter(operator -> operator.sign.equals(sign.strip()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * Reads a filter.
     *
     * @throws HttpRefusal QUERY_INVALID, with what is wrong with the field or the value
     */
    static Condition parse(CollectionSchema schema, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw invalid("A filter is no FIELD OPERATOR VALUE with an operator of "
                    + Arrays.stream(Operator.values()).map(known -> known.sign).collect(Collectors.joining(" "))
                    + "; correct it.");
        }
        Field field = schema.field(parts.group(1))
                .orElseThrow(() -> invalid("A filter names a field that the collection does not have; correct it."));
        Operator operator = Operator.of(parts.group(2));
        requireFit(field, operator);
        return new Condition(
                field, operator, value(schema, field, parts.group(3).strip()));
    }

    private static void requireFit(Field field, Operator operator) {
        boolean union = field.merge() == MergeRule.UNION;
        boolean fits = switch (operator) {
            case HAS -> union;
            case BEGINS -> !union && field.type() == FieldType.Simple.TEXT;
            case EQUAL, UNEQUAL -> true;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> !union && field.type() != FieldType.Simple.JSON;
        };
        if (!fits) {
            throw invalid(
                    "The operator " + operator.sign + " does not fit the field " + field.name() + "; use another.");
        }
    }

    private static Value value(CollectionSchema schema, Field field, String text) {
        if (text.equals("null")) {
            return Value.NULL;
        }
        if (field.merge() == MergeRule.UNION) {
            if (!WellFormedText.isWellFormed(text)) {
                throw invalid("A filter's text holds NUL or a lone surrogate; remove them.");
            }
            return new Value.Text(text);
        }
        DocumentOutcome outcome = DocumentReader.ofFields(schema).read(document(field, text));
        return switch (outcome) {
            case DocumentOutcome.Refused refused -> throw refused(refused.violations());
            case Document document -> assigned(document, field);
        };
    }

    private static Value assigned(Document document, Field field) {
        return document.edits().get(field.name()) instanceof FieldEdit.Assign assign ? assign.value() : Value.NULL;
    }

    /** The filter's value as the document that would assign it: so that both are read by the same rules. */
    private static String document(Field field, String text) {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = JsonText.generator(json)) {
            out.writeStartObject();
            out.writeName(field.name());
            if (unquoted(field)) {
                out.writeRawValue(text.isEmpty() ? "null" : text);
            } else {
                out.writeString(text);
            }
            out.writeEndObject();
        }
        return json.toString();
    }

    private static boolean unquoted(Field field) {
        return switch (field.type()) {
            case FieldType.Simple simple ->
                switch (simple) {
                    case INTEGER, REAL, BOOLEAN, JSON -> true;
                    case TEXT, INSTANT, DURATION, BYTES -> false;
                };
            case FieldType.Decimal ignored -> false;
        };
    }

    /** Whether a record meets the filter. */
    boolean matches(RecordState state) {
        Value held = comparable(state.value(field.name()));
        return switch (operator) {
            case EQUAL -> same(held);
            case UNEQUAL -> !same(held);
            case LESS -> ordered(held) && ValueOrder.compare(held, value) < 0;
            case LESS_OR_EQUAL -> ordered(held) && ValueOrder.compare(held, value) <= 0;
            case GREATER -> ordered(held) && ValueOrder.compare(held, value) > 0;
            case GREATER_OR_EQUAL -> ordered(held) && ValueOrder.compare(held, value) >= 0;
            case BEGINS ->
                held instanceof Value.Text text
                        && value instanceof Value.Text start
                        && text.text().startsWith(start.text());
            case HAS ->
                held instanceof SetValue set
                        && value instanceof Value.Text element
                        && set.members().contains(element.text());
        };
    }

    private boolean ordered(Value held) {
        return !held.isNull() && !value.isNull();
    }

    private boolean same(Value held) {
        if (held instanceof SetValue set) {
            return value.isNull()
                    ? set.members().isEmpty()
                    : value instanceof Value.Text text && set.members().equals(java.util.Set.of(text.text()));
        }
        return held.equals(value) || (ordered(held) && ValueOrder.compare(held, value) == 0);
    }

    /** A counter is compared by what it shows. */
    private Value comparable(Value held) {
        if (!(held instanceof CounterValue counter)) {
            return held;
        }
        return counter.scale() == 0
                ? new Value.Int(counter.sum())
                : new Value.Decimal(BigDecimal.valueOf(counter.sum(), counter.scale()));
    }

    private static HttpRefusal refused(List<Violation> violations) {
        Optional<String> advice = violations.stream().map(Violation::advice).findFirst();
        return HttpRefusal.withViolations(
                ErrorCode.QUERY_INVALID, "A filter's value does not fit its field. " + advice.orElse(""), violations);
    }

    private static HttpRefusal invalid(String message) {
        return HttpRefusal.withViolations(ErrorCode.QUERY_INVALID, message, List.of());
    }
}
