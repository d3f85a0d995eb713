package io.holdfast.core.local;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Generators of what a gardener writes. */
final class LocalGens {

    /** So few that writes meet. */
    static final int PLANTS = 3;

    private LocalGens() {}

    static Gen<Integer> plants() {
        return Gens.ints(0, PLANTS - 1);
    }

    static Gen<Map<String, FieldEdit>> edits(Gen<String> names) {
        Gen<FieldEdit> texts = Gens.<FieldEdit>oneOf(names.map(Plot::text), Gens.constant(Plot.cleared()));
        Gen<FieldEdit> numbers = Gens.longs(-5, 5).map(Plot::number);
        Gen<Set<String>> tags = Gens.pick("a", "b", "c").set(0, 2);
        return choices -> {
            Map<String, FieldEdit> edits = new HashMap<>();
            Gens.pick("name", "height", "sown", "seeds", "tags", "price", "verdict", "grower")
                    .set(0, 3)
                    .next(choices)
                    .forEach(field -> edits.put(
                            field,
                            switch (field) {
                                case "height", "sown", "price" -> numbers.next(choices);
                                case "seeds" ->
                                    Gens.oneOf(Gens.longs(-5, 5).map(Plot::add), numbers)
                                            .next(choices);
                                case "tags" ->
                                    Gens.<FieldEdit>oneOf(
                                                    Gens.zip(tags, tags, FieldEdit.Amend::new),
                                                    tags.map(FieldEdit.Replace::new))
                                            .next(choices);
                                default -> texts.next(choices);
                            }));
            return edits;
        };
    }

    /** Writes of one transaction: edits of plants, or deletions where the edits are absent. */
    static Gen<List<Tuple.Two<Integer, Map<String, FieldEdit>>>> transactions(Gen<String> names) {
        Map<String, FieldEdit> deletion = Map.of("", new FieldEdit.Assign(Value.NULL));
        return Gens.tuple(
                        plants(),
                        Gens.frequency(Gens.weighted(4, edits(names)), Gens.weighted(1, Gens.constant(deletion))))
                .list(1, 4);
    }

    static boolean deletes(Map<String, FieldEdit> edits) {
        return edits.containsKey("");
    }
}
