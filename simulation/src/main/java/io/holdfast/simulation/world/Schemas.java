package io.holdfast.simulation.world;

import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Constraints;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.Sensitivity;
import io.holdfast.testkit.random.SeededRandom;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The schemas that worlds are drawn from: the first has one field, the last every merge rule, type and constraint. */
final class Schemas {

    /** How many there are. */
    static final int COUNT = 24;

    private static final List<Field> FIELDS = List.of(
            Field.of("title", Simple.TEXT),
            Field.of("views", Simple.INTEGER).withMerge(MergeRule.COUNTER),
            Field.of("best", Simple.INTEGER).withMerge(MergeRule.MAX),
            Field.of("least", new FieldType.Decimal(18, 4)).withMerge(MergeRule.MIN),
            Field.of("tags", Simple.TEXT).withMerge(MergeRule.UNION),
            Field.of("status", Simple.TEXT).withMerge(MergeRule.SERVER),
            Field.of("verdict", Simple.TEXT).withMerge(MergeRule.REVIEW),
            Field.of("contact", Simple.TEXT).withSensitivity(Sensitivity.PERSONAL),
            Field.of("pin", Simple.TEXT).withSensitivity(Sensitivity.SECRET).withMerge(MergeRule.SERVER),
            Field.of("level", Simple.INTEGER).withConstraints(between(0, 10)),
            Field.of("name", Simple.TEXT).withConstraints(required()),
            Field.of("balance", new FieldType.Decimal(18, 2)).withMerge(MergeRule.COUNTER),
            Field.of("stock", Simple.INTEGER).withMerge(MergeRule.COUNTER).withConstraints(between(-5, 40)),
            Field.of("ratio", Simple.REAL),
            Field.of("done", Simple.BOOLEAN),
            Field.of("at", Simple.INSTANT),
            Field.of("lasts", Simple.DURATION),
            Field.of("blob", Simple.BYTES),
            Field.of("extra", Simple.JSON));

    private static final List<Subject> ALL = all().stream().map(Subject::of).toList();

    private Schemas() {}

    /** What a world under one of them is about. */
    static Subject subject(int index) {
        return ALL.get(index);
    }

    private static List<Schema> all() {
        List<Schema> all = new ArrayList<>();
        all.add(schema(List.of(CollectionSchema.of("alpha", FIELDS.subList(0, 1), List.of()))));
        for (int i = 1; i < COUNT - 1; i++) {
            all.add(drawn(new SeededRandom(i)));
        }
        all.add(schema(List.of(CollectionSchema.of("alpha", FIELDS, List.of()))));
        return List.copyOf(all);
    }

    private static Schema drawn(SeededRandom random) {
        List<CollectionSchema> collections = new ArrayList<>();
        for (String name : List.of("alpha", "beta", "gamma").subList(0, 1 + random.nextInt(3))) {
            List<Field> left = new ArrayList<>(FIELDS);
            List<Field> fields = new ArrayList<>();
            for (int i = 1 + random.nextInt(7); i > 0; i--) {
                fields.add(left.remove(random.nextInt(left.size())));
            }
            collections.add(CollectionSchema.of(name, fields, List.of()));
        }
        return schema(collections);
    }

    private static Schema schema(List<CollectionSchema> collections) {
        TreeMap<String, CollectionSchema> byName = new TreeMap<>();
        collections.forEach(collection -> byName.put(collection.name(), collection));
        return new Schema("world", 1, byName);
    }

    private static Constraints required() {
        return new Constraints(
                true, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    private static Constraints between(long min, long max) {
        return new Constraints(
                false,
                OptionalInt.empty(),
                Optional.of(BigDecimal.valueOf(min)),
                Optional.of(BigDecimal.valueOf(max)),
                Optional.empty(),
                List.of());
    }
}
