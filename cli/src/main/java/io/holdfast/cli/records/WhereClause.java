package io.holdfast.cli.records;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentOutcome;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.document.RecordIds;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.value.Value;
import io.holdfast.store.query.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions as people type them: {@code FIELD OP VALUE}, where OP is one of {@code = != < <= > >=}, {@code starts} (a
 * text begins so), {@code in} (one of several, with commas between), {@code has} (a union has the element) and {@code is}
 * ({@code empty} or {@code present}). Immutable and thread-safe.
 *
 * <p>The value is read as the field's type. An instant may be a date alone: its first moment in UTC.
 */
final class WhereClause {

    private static final Pattern CLAUSE =
            Pattern.compile("\\s*(\\w+)\\s*(<=|>=|!=|=|<|>|\\b(?:starts|in|has|is)\\b)\\s*(.*)", Pattern.DOTALL);

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern BOOLEAN = Pattern.compile("true|false");

    private final CollectionSchema schema;
    private final DocumentReader reader;

    WhereClause(CollectionSchema schema) {
        this.schema = schema;
        this.reader = DocumentReader.ofFields(schema);
    }

    /** @throws HoldfastException QUERY_INVALID */
    Condition parse(String text) {
        Matcher parts = CLAUSE.matcher(text);
        if (!parts.matches()) {
            throw invalid("'" + text + "' is no condition; write FIELD OP VALUE, such as 'potency >= 5'.");
        }
        return condition(parts.group(1), parts.group(2), parts.group(3));
    }

    private Condition condition(String field, String operator, String text) {
        requireField(field);
        return switch (operator) {
            case "=" -> Condition.eq(field, value(field, text));
            case "!=" -> Condition.ne(field, value(field, text));
            case "<" -> Condition.lt(field, value(field, text));
            case "<=" -> Condition.le(field, value(field, text));
            case ">" -> Condition.gt(field, value(field, text));
            case ">=" -> Condition.ge(field, value(field, text));
            case "starts" -> Condition.prefix(field, text);
            case "has" -> Condition.contains(field, text);
            case "in" -> Condition.in(field, values(field, text));
            case "is" -> presence(field, text.strip());
            default -> throw new IllegalStateException("the pattern lets no other operator through");
        };
    }

    private void requireField(String field) {
        if (!field.equals(RecordIds.FIELD) && schema.field(field).isEmpty()) {
            throw invalid("The collection " + schema.name() + " has no field " + field + "; it has "
                    + String.join(", ", schema.fields().keySet()) + ".");
        }
    }

    private static Condition presence(String field, String state) {
        return switch (state) {
            case "empty" -> Condition.isNull(field);
            case "present" -> Condition.isNull(field).not();
            default -> throw invalid("A field is empty or present; write '" + field + " is empty'.");
        };
    }

    private List<Value> values(String field, String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(one -> value(field, one))
                .toList();
    }

    private Value value(String name, String text) {
        if (name.equals(RecordIds.FIELD)) {
            return new Value.Text(text);
        }
        Field field = schema.fields().getOrDefault(name, Field.of(name, FieldType.Simple.TEXT));
        if (field.merge() == MergeRule.UNION) {
            throw invalid("The field " + name + " is a UNION; ask for an element with '" + name + " has …'.");
        }
        return switch (reader.read(json(field, text))) {
            case Document document -> single(field, document.edits());
            case DocumentOutcome.Refused refused ->
                throw invalid(
                        "In the condition on " + refused.violations().getFirst().sentence());
        };
    }

    private static Value single(Field field, Map<String, FieldEdit> edits) {
        if (edits.get(field.name()) instanceof FieldEdit.Assign assign) {
            return assign.value();
        }
        throw new IllegalStateException("a plain value is read as an assignment");
    }

    /** The value as it would stand in a record, to be read by the same rules. */
    private static String json(Field field, String text) {
        Optional<Pattern> bare = bare(field.type());
        if (bare.isPresent() && !bare.get().matcher(text).matches()) {
            throw invalid("The field " + field.name() + " is " + field.type() + ", and '" + text + "' is not.");
        }
        return JsonLine.of(json -> {
            json.writeName(field.name());
            if (bare.isPresent()) {
                json.writeRawValue(text);
            } else {
                json.writeString(moment(field, text));
            }
        });
    }

    /** How a type is written in JSON if it stands there without quotes. */
    private static Optional<Pattern> bare(FieldType type) {
        if (type == FieldType.Simple.BOOLEAN) {
            return Optional.of(BOOLEAN);
        }
        boolean number = type == FieldType.Simple.INTEGER || type == FieldType.Simple.REAL;
        return number ? Optional.of(NUMBER) : Optional.empty();
    }

    private static String moment(Field field, String text) {
        boolean date =
                field.type() == FieldType.Simple.INSTANT && DATE.matcher(text).matches();
        return date ? text + "T00:00:00Z" : text;
    }

    private static HoldfastException invalid(String sentence) {
        return new HoldfastException(ErrorCode.QUERY_INVALID, sentence);
    }
}
