package io.holdfast.core.document;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Turns the JSON of one field into what it asks of the field. */
final class FieldParser {

    private FieldParser() {}

    /** @throws FieldRefusedException if the JSON does not fit the field */
    static FieldEdit edit(Field field, JsonTree tree) {
        if (tree instanceof JsonTree.Null) {
            return cleared(field);
        }
        return switch (field.merge()) {
            case COUNTER ->
                tree instanceof JsonTree.Members change ? add(field, change) : new FieldEdit.Assign(value(field, tree));
            case UNION -> union(tree);
            case LAST_WRITE, MAX, MIN, SERVER, REVIEW -> new FieldEdit.Assign(value(field, tree));
        };
    }

    /** A lattice only grows, so that nothing would come of clearing it. */
    private static FieldEdit cleared(Field field) {
        return switch (field.merge()) {
            case LAST_WRITE, SERVER, REVIEW -> new FieldEdit.Assign(Value.NULL);
            case MAX, MIN -> throw operation("null", "A " + field.merge() + " field cannot be cleared; leave it out.");
            case COUNTER -> throw operation("null", "A counter cannot be cleared; write 0.");
            case UNION -> throw operation("null", "A union cannot be cleared; write [].");
        };
    }

    private static FieldEdit add(Field field, JsonTree.Members change) {
        JsonTree amount = change.members().get("add");
        if (amount == null || change.members().size() != 1) {
            throw operation("an object", "Write a number, or {\"add\": 1} to add to the counter.");
        }
        return new FieldEdit.Add(
                switch (value(field, amount)) {
                    case Value.Int number -> number.number();
                    case Value.Decimal decimal -> units(decimal.number());
                    case Value ignored -> throw operation(amount.kind(), "Only INTEGER and DECIMAL count.");
                });
    }

    private static long units(BigDecimal amount) {
        // A counter's DECIMAL has at most 18 digits: its unscaled value always fits.
        return amount.unscaledValue().longValueExact();
    }

    private static FieldEdit union(JsonTree tree) {
        return switch (tree) {
            case JsonTree.Elements elements -> new FieldEdit.Replace(texts(elements));
            case JsonTree.Members change
            when Set.of("add", "remove").containsAll(change.members().keySet())
                    && !change.members().isEmpty() ->
                new FieldEdit.Amend(texts(change, "add"), texts(change, "remove"));
            case JsonTree.Members ignored -> throw unionShape(tree);
            case JsonTree.Text ignored -> throw unionShape(tree);
            case JsonTree.Numeral ignored -> throw unionShape(tree);
            case JsonTree.Bool ignored -> throw unionShape(tree);
            case JsonTree.Null ignored -> throw unionShape(tree);
        };
    }

    private static FieldRefusedException unionShape(JsonTree tree) {
        return operation(
                shown(tree), "Write an array of strings, or {\"add\": [..], \"remove\": [..]} to change the union.");
    }

    private static Set<String> texts(JsonTree.Members change, String key) {
        JsonTree elements = change.members().get(key);
        if (elements == null) {
            return Set.of();
        }
        if (elements instanceof JsonTree.Elements array) {
            return texts(array);
        }
        throw unionShape(elements);
    }

    private static Set<String> texts(JsonTree.Elements elements) {
        List<String> texts = new ArrayList<>();
        for (JsonTree element : elements.elements()) {
            if (!(element instanceof JsonTree.Text text)) {
                throw new FieldRefusedException(
                        ErrorCode.FIELD_TYPE, shown(element), "The elements of a union are strings.");
            }
            texts.add(text.text());
        }
        return Set.copyOf(texts);
    }

    private static Value value(Field field, JsonTree tree) {
        return switch (field.type()) {
            case FieldType.Decimal decimal ->
                new Value.Decimal(
                        switch (tree) {
                            case JsonTree.Text text -> Numerals.decimal(text.text(), decimal);
                            case JsonTree.Numeral numeral -> Numerals.decimal(numeral.literal(), decimal);
                            case JsonTree other ->
                                throw type(other, "Write a number, or a string of digits such as \"12.50\".");
                        });
            case FieldType.Simple simple -> value(simple, tree);
        };
    }

    private static Value value(FieldType.Simple type, JsonTree tree) {
        return switch (type) {
            case TEXT -> new Value.Text(text(tree, "Write a string."));
            case INTEGER -> new Value.Int(Numerals.integer(numeral(tree, "Write a whole number, without quotes.")));
            case REAL -> new Value.Real(Numerals.real(numeral(tree, "Write a number, without quotes.")));
            case BOOLEAN -> {
                if (!(tree instanceof JsonTree.Bool bool)) {
                    throw type(tree, "Write true or false, without quotes.");
                }
                yield new Value.Bool(bool.flag());
            }
            case INSTANT ->
                new Value.Time(Times.instant(text(tree, "Write a string such as \"2026-11-20T08:30:00Z\".")));
            case DURATION -> new Value.Span(Times.duration(text(tree, "Write a string such as \"PT2H30M\".")));
            case BYTES -> new Value.Bytes(base64(text(tree, "Write a string in base64.")));
            case JSON -> new Value.Json(canonical(tree));
        };
    }

    private static String text(JsonTree tree, String advice) {
        if (tree instanceof JsonTree.Text text) {
            return text.text();
        }
        throw type(tree, advice);
    }

    private static String numeral(JsonTree tree, String advice) {
        if (tree instanceof JsonTree.Numeral numeral) {
            return numeral.literal();
        }
        throw type(tree, advice);
    }

    /** Only the one form of RFC 4648, section 4: Java's decoder would also take missing padding and stray bits. */
    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException noBase64) {
            // Refused below, in one sentence with the rest.
        }
        throw new FieldRefusedException(ErrorCode.FIELD_TYPE, text, "Write standard base64 with padding (RFC 4648).");
    }

    private static String canonical(JsonTree tree) {
        try {
            return CanonicalJson.of(tree);
        } catch (JsonRefusedException refused) {
            throw new FieldRefusedException(ErrorCode.FIELD_RANGE, "", "In the value, " + refused.detail() + ".");
        }
    }

    private static FieldRefusedException type(JsonTree tree, String advice) {
        return new FieldRefusedException(ErrorCode.FIELD_TYPE, shown(tree), advice);
    }

    private static FieldRefusedException operation(String found, String advice) {
        return new FieldRefusedException(ErrorCode.FIELD_OPERATION, found, advice);
    }

    private static String shown(JsonTree tree) {
        return switch (tree) {
            case JsonTree.Text text -> '"' + text.text() + '"';
            case JsonTree.Numeral numeral -> numeral.literal();
            case JsonTree.Bool bool -> Boolean.toString(bool.flag());
            case JsonTree.Members ignored -> tree.kind();
            case JsonTree.Elements ignored -> tree.kind();
            case JsonTree.Null ignored -> tree.kind();
        };
    }
}
