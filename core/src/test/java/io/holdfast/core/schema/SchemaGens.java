package io.holdfast.core.schema;

import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Generators of sound schemas. */
final class SchemaGens {

    private SchemaGens() {}

    static Gen<Schema> schemas() {
        Gen<Set<String>> names = Gens.pick("a", "bC", "c_9", "d".repeat(63)).set(1, 3);
        return choices -> {
            TreeMap<String, CollectionSchema> collections = new TreeMap<>();
            names.next(choices).forEach(name -> collections.put(name, collection(name, choices)));
            return new Schema("s", 1 + choices.index(5), collections);
        };
    }

    private static CollectionSchema collection(String name, Choices choices) {
        List<Field> fields = new ArrayList<>();
        Gens.pick("f", "g", "hI", "j_k", "l")
                .set(1, 5)
                .next(choices)
                .forEach(field -> fields.add(field(field, choices)));
        List<Index> indexes = new ArrayList<>();
        for (Field field : fields) {
            if (isOrdered(field) && choices.index(3) == 0) {
                indexes.add(new Index(
                        List.of(field.name()),
                        Gens.pick(Index.Kind.values()).next(choices),
                        field.type() == Simple.TEXT && choices.index(2) == 0
                                ? Optional.of(new Index.Where(field.name(), "it's"))
                                : Optional.empty()));
            }
        }
        return CollectionSchema.of(name, fields, indexes);
    }

    private static boolean isOrdered(Field field) {
        return field.type() != Simple.JSON
                && field.type() != Simple.BYTES
                && field.merge() != MergeRule.COUNTER
                && field.merge() != MergeRule.UNION;
    }

    private static Field field(String name, Choices choices) {
        FieldType type = Gens.<FieldType>oneOf(
                        Gens.pick(Simple.values()),
                        Gens.pick(new FieldType.Decimal(18, 2), new FieldType.Decimal(38, 38)))
                .next(choices);
        MergeRule merge = Gens.pick(rules(type)).next(choices);
        boolean decided = merge == MergeRule.LAST_WRITE || merge.isDecision();
        Sensitivity sensitivity = decided
                ? Gens.pick(Sensitivity.values()).next(choices)
                : Gens.pick(Sensitivity.PUBLIC, Sensitivity.INTERNAL).next(choices);
        boolean fullText = type == Simple.TEXT && merge != MergeRule.UNION && choices.index(2) == 1;
        return new Field(name, type, merge, sensitivity, constraints(type, choices), fullText);
    }

    private static List<MergeRule> rules(FieldType type) {
        List<MergeRule> rules = new ArrayList<>(List.of(MergeRule.LAST_WRITE, MergeRule.SERVER, MergeRule.REVIEW));
        if (type != Simple.JSON && type != Simple.BYTES) {
            rules.addAll(List.of(MergeRule.MAX, MergeRule.MIN));
        }
        if (type == Simple.INTEGER || type.equals(new FieldType.Decimal(18, 2))) {
            rules.add(MergeRule.COUNTER);
        }
        if (type == Simple.TEXT) {
            rules.add(MergeRule.UNION);
        }
        return rules;
    }

    private static Constraints constraints(FieldType type, Choices choices) {
        boolean text = type == Simple.TEXT;
        boolean sized = text || type == Simple.BYTES || type == Simple.JSON;
        boolean numeric = type == Simple.INTEGER || type == Simple.REAL || type instanceof FieldType.Decimal;
        Gen<BigDecimal> bounds = Gens.decimals(38, 10);
        Optional<BigDecimal> bound = numeric ? bounds.optional().next(choices) : Optional.empty();
        return new Constraints(
                choices.index(2) == 1,
                sized && choices.index(2) == 1 ? OptionalInt.of(1 + choices.index(1 << 20)) : OptionalInt.empty(),
                bound,
                bound.map(min -> min.add(BigDecimal.valueOf(choices.index(3)))),
                text ? Gens.pick("[a-z]+", "\\p{L}*", "\"\\\\\"").optional().next(choices) : Optional.empty(),
                text ? List.copyOf(Gens.texts(0, 3).set(0, 3).next(choices)) : List.of());
    }
}
