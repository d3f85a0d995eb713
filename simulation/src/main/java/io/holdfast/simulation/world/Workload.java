package io.holdfast.simulation.world;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the numbers of an {@link Op} into what a program would write under the world's schema. Every text it writes is
 * unlike any other, so that it can be followed through the world.
 */
final class Workload {

    /** Texts that begin so are refused by strict rules. */
    static final String BAD = "bad";

    private static final String GOOD = "t";

    private final Schema schema;
    private final List<CollectionSchema> collections;
    private int tokens;

    Workload(Schema schema) {
        this.schema = schema;
        this.collections = new ArrayList<>(schema.collections().values());
    }

    Schema schema() {
        return schema;
    }

    RecordKey key(Op op) {
        CollectionSchema collection = collections.get(op.record() % collections.size());
        return new RecordKey(collection.name(), "r" + op.record());
    }

    Map<String, FieldEdit> edits(Op op) {
        CollectionSchema collection = collections.get(op.record() % collections.size());
        List<Field> fields = new ArrayList<>(collection.fields().values());
        TreeMap<String, FieldEdit> edits = new TreeMap<>();
        for (int i = 0; i < op.fields(); i++) {
            Field field = fields.get((op.field() + i) % fields.size());
            edits.put(field.name(), edit(field, op.variant() + i));
        }
        return edits;
    }

    private FieldEdit edit(Field field, int variant) {
        return switch (field.merge()) {
            case COUNTER ->
                variant % 5 == 4
                        ? new FieldEdit.Assign(number(field, variant))
                        : new FieldEdit.Add(1 + variant % 7 * (variant % 2 == 0 ? 1 : -1));
            case UNION ->
                variant % 6 == 5
                        ? new FieldEdit.Replace(Set.of("e" + variant % 4))
                        : new FieldEdit.Amend(
                                Set.of("e" + variant % 4), variant % 2 == 0 ? Set.of() : Set.of("e" + variant % 3));
            case MAX, MIN -> new FieldEdit.Assign(number(field, tokens++ * 37 % 100));
            case LAST_WRITE, SERVER, REVIEW -> new FieldEdit.Assign(value(field, variant));
        };
    }

    private static Value number(Field field, int number) {
        return field.type() instanceof FieldType.Decimal decimal
                ? new Value.Decimal(BigDecimal.valueOf(number, decimal.scale()))
                : new Value.Int(number);
    }

    private Value value(Field field, int variant) {
        if (variant == 15) {
            return Value.NULL;
        }
        return switch (field.type()) {
            case FieldType.Decimal ignored -> number(field, variant);
            case FieldType.Simple simple ->
                switch (simple) {
                    case TEXT -> new Value.Text((variant == 14 ? BAD : GOOD) + ++tokens);
                    case INTEGER -> new Value.Int(variant);
                    case REAL -> new Value.Real(variant / 8.0);
                    case BOOLEAN -> new Value.Bool(variant % 2 == 0);
                    case INSTANT -> new Value.Time(variant * 1_000_000L);
                    case DURATION -> new Value.Span(variant * 1_000L);
                    case BYTES -> new Value.Bytes(new byte[variant]);
                    case JSON -> new Value.Json("{\"v\":" + variant + "}");
                };
        };
    }

    /** The number of a followed text; 0 for any other value. */
    static int token(Value value) {
        if (!(value instanceof Value.Text text)) {
            return 0;
        }
        String digits = "";
        if (text.text().startsWith(BAD)) {
            digits = text.text().substring(BAD.length());
        } else if (text.text().startsWith(GOOD)) {
            digits = text.text().substring(GOOD.length());
        }
        return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty() ? Integer.parseInt(digits) : 0;
    }

    /** Whether the field's texts are followed: a deletion may not wipe them. */
    static boolean followed(CollectionSchema collection, String name) {
        return collection
                .field(name)
                .filter(field -> field.type() == FieldType.Simple.TEXT
                        && field.merge() != MergeRule.UNION
                        && !field.sensitivity().wipedOnDelete())
                .isPresent();
    }
}
