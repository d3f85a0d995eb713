package io.holdfast.simulation.world;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.Validator;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the numbers of an {@link Op} into what a program would write under the world's schema: mostly what its constraints and
 * the rules allow. Every text it writes into an unconstrained field is unlike any other, so that it can be followed through
 * the world. Not thread-safe.
 */
final class Workload {

    /** Texts that begin so are refused by strict rules. */
    static final String BAD = "bad";

    /** Most characters of a followed text. */
    static final int TEXT_MAX = 12;

    private static final String GOOD = "t";

    private final Subject subject;
    private final Version first;
    private final Map<Integer, Version> later = new HashMap<>();
    private int tokens;

    /** What is known of one version of the schema. */
    private record Version(
            Validator validator, List<CollectionSchema> collections, Map<String, Map<String, FieldValues>> values) {

        FieldValues values(CollectionSchema collection, Field field) {
            FieldValues found = values.getOrDefault(collection.name(), Map.of()).get(field.name());
            if (found == null) {
                throw new IllegalStateException("the schema has no field " + field.name());
            }
            return found;
        }
    }

    Workload(Subject subject) {
        this.subject = subject;
        this.first = version(subject.schema().version());
    }

    /** What is written. */
    Subject subject() {
        return subject;
    }

    private Version version(Schema schema) {
        return schema.version() == subject.schema().version()
                ? first
                : later.computeIfAbsent(schema.version(), this::version);
    }

    private Version version(int number) {
        Schema own = subject.version(number);
        Map<String, Map<String, FieldValues>> values = new HashMap<>();
        own.collections().values().forEach(collection -> {
            Map<String, FieldValues> fields = new HashMap<>();
            collection.fields().values().forEach(field -> fields.put(field.name(), subject.values(collection, field)));
            values.put(collection.name(), fields);
        });
        return new Version(new Validator(own), List.copyOf(own.collections().values()), values);
    }

    /** What a store under this version of the schema asks of its writers. */
    Validator validator(Schema schema) {
        return version(schema).validator();
    }

    RecordKey key(Schema schema, Op op) {
        return new RecordKey(collection(schema, op).name(), "r" + op.record());
    }

    private CollectionSchema collection(Schema schema, Op op) {
        List<CollectionSchema> collections = version(schema).collections();
        return collections.get(op.record() % collections.size());
    }

    /**
     * The fields that an operation writes.
     *
     * @param schema of the writing device
     * @param fresh whether it makes the record, and so gives every required field a value
     */
    Map<String, FieldEdit> edits(Schema schema, Op op, boolean fresh) {
        CollectionSchema collection = collection(schema, op);
        Version version = version(schema);
        List<Field> fields = new ArrayList<>(collection.fields().values());
        TreeMap<String, FieldEdit> edits = new TreeMap<>();
        if (fresh) {
            fields.stream()
                    .filter(field -> field.constraints().required())
                    .forEach(field -> edits.put(
                            field.name(), edit(field, version.values(collection, field), op.variant() % Op.CLEARS)));
        }
        for (int i = 0; i < op.fields(); i++) {
            Field field = fields.get((op.field() + i) % fields.size());
            edits.put(
                    field.name(),
                    edit(
                            field,
                            version.values(collection, field),
                            i == 0 ? op.variant() : (op.variant() + i) % Op.CLEARS));
        }
        return edits;
    }

    private FieldEdit edit(Field field, FieldValues allowed, int variant) {
        return switch (field.merge()) {
            case COUNTER ->
                variant % 5 == 4
                        ? new FieldEdit.Assign(allowed.number(variant))
                        : new FieldEdit.Add(1 + variant % 7 * (variant % 2 == 0 ? 1 : -1));
            case UNION ->
                variant % 6 == 5
                        ? new FieldEdit.Replace(Set.of(allowed.text(variant)))
                        : new FieldEdit.Amend(
                                Set.of(allowed.text(variant)),
                                variant % 2 == 0 ? Set.of() : Set.of(allowed.text(variant + variant % 3)));
            case MAX, MIN -> new FieldEdit.Assign(ordered(field, allowed, tokens++ * 37 % 100));
            case LAST_WRITE, SERVER, REVIEW -> new FieldEdit.Assign(value(field, allowed, variant));
        };
    }

    private static Value ordered(Field field, FieldValues allowed, int variant) {
        boolean number = field.type() == FieldType.Simple.INTEGER || field.type() instanceof FieldType.Decimal;
        return number ? allowed.number(variant) : allowed.value(variant);
    }

    private Value value(Field field, FieldValues allowed, int variant) {
        if (variant == Op.BREAKS) {
            return allowed.broken().orElseGet(() -> allowed.value(variant));
        }
        if (variant >= Op.CLEARS && variant < Op.BREAKS && !field.constraints().required()) {
            return Value.NULL;
        }
        return allowed.unique()
                ? new Value.Text((variant == Op.OFFENDS ? BAD : GOOD) + ++tokens)
                : allowed.value(variant);
    }

    /** The number of a followed text; 0 for any other value. */
    static int token(Value value) {
        if (!(value instanceof Value.Text text)) {
            return 0;
        }
        String whole = text.text();
        int begin = whole.startsWith(BAD) ? BAD.length() : whole.startsWith(GOOD) ? GOOD.length() : whole.length();
        int token = 0;
        for (int i = begin; i < whole.length(); i++) {
            int digit = whole.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            token = token * 10 + digit;
        }
        return token;
    }

    /** Whether the field's texts are followed: a deletion may not wipe them. */
    boolean followed(Schema schema, CollectionSchema collection, String name) {
        return collection
                .field(name)
                .filter(field ->
                        field.merge() != MergeRule.UNION && !field.sensitivity().wipedOnDelete())
                .filter(field -> version(schema).values(collection, field).unique())
                .isPresent();
    }
}
