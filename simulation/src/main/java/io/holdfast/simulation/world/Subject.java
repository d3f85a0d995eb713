package io.holdfast.simulation.world;

import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaUpgrade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a world is about: whose records are written, and what the server allows.
 *
 * @param schema of all replicas at the beginning
 * @param next a later version of it, which some get in mid-flight
 * @param samples texts to write, by {@code collection.field}: for fields with a pattern that none of the simulator's own fits
 * @param rules of the server, beside those of the schema; pure
 */
public record Subject(Schema schema, Schema next, Map<String, List<String>> samples, WriteRules rules) {

    /** Copies, and checks that there is something to write. */
    public Subject {
        Map<String, List<String>> copy = new HashMap<>();
        samples.forEach((field, texts) -> copy.put(field, List.copyOf(texts)));
        samples = Map.copyOf(copy);
        unwritable(schema, samples)
                .or(() -> noUpgrade(schema, next))
                .or(() -> unwritable(next, copy))
                .ifPresent(why -> {
                    throw new IllegalArgumentException(why);
                });
    }

    /** Records of a schema whose next version has one more field in each collection, and whose server allows all. */
    public static Subject of(Schema schema) {
        return new Subject(schema, upgraded(schema), Map.of(), (principal, change, before, after) -> Optional.empty());
    }

    /** The same under other rules. */
    public Subject withRules(WriteRules others) {
        return new Subject(schema, next, samples, others);
    }

    /** The same with texts to write. */
    public Subject withSamples(Map<String, List<String>> texts) {
        return new Subject(schema, next, texts, rules);
    }

    /** The same with another next version. */
    public Subject withNext(Schema later) {
        return new Subject(schema, later, samples, rules);
    }

    /** A version of the schema. */
    Schema version(int number) {
        return number == schema.version() ? schema : next;
    }

    /** The next version of a schema: one more field in each collection. */
    public static Schema upgraded(Schema schema) {
        TreeMap<String, CollectionSchema> collections = new TreeMap<>();
        schema.collections().forEach((name, collection) -> {
            List<Field> fields = new ArrayList<>(collection.fields().values());
            String added = "later";
            while (collection.field(added).isPresent()) {
                added += "_on";
            }
            fields.add(Field.of(added, FieldType.Simple.TEXT));
            collections.put(name, CollectionSchema.of(name, fields, collection.indexes()));
        });
        return new Schema(schema.name(), schema.version() + 1, collections);
    }

    private static Optional<String> noUpgrade(Schema schema, Schema next) {
        if (!schema.name().equals(next.name()) || next.version() <= schema.version()) {
            return Optional.of("the upgrade is no later version of the schema " + schema.name());
        }
        return SchemaUpgrade.between(schema, next) instanceof SchemaUpgrade.Destructive refused
                ? Optional.of(refused.sentence())
                : Optional.empty();
    }

    private static Optional<String> unwritable(Schema schema, Map<String, List<String>> samples) {
        if (schema.collections().isEmpty()) {
            return Optional.of("the schema has no collection to write");
        }
        return schema.collections().values().stream()
                .flatMap(collection ->
                        collection.fields().values().stream().map(field -> values(collection, field, samples)))
                .flatMap(values -> values.unknown().stream())
                .findFirst();
    }

    private static FieldValues values(CollectionSchema collection, Field field, Map<String, List<String>> samples) {
        String path = collection.name() + "." + field.name();
        return new FieldValues(path, field, samples.getOrDefault(path, List.of()));
    }

    /** The values to write into a field. */
    FieldValues values(CollectionSchema collection, Field field) {
        return values(collection, field, samples);
    }
}
