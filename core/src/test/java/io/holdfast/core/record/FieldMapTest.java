package io.holdfast.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FieldMapTest {

    /** Few names, so that maps share some, in no order; but more than are asked one after the other. */
    private static final Gen<TreeMap<String, Integer>> FIELDS = Gens.tuple(
                    Gens.pick("", "a", "at", "b", "c", "d", "e", "f", "g", "h", "é", "\uD83D\uDE00"), Gens.ints(0, 3))
            .list(0, 24)
            .map(pairs -> {
                TreeMap<String, Integer> fields = new TreeMap<>();
                pairs.forEach(pair -> fields.put(pair.first(), pair.second()));
                return fields;
            });

    @Test
    void holdsWhatASortedMapHolds() {
        Property.of("a field map is a sorted map").tries(3_000).forAll(FIELDS, fields -> {
            FieldMap<Integer> map = FieldMap.copyOf(fields);
            assertThat(map).isEqualTo(fields).hasSameHashCodeAs(fields).hasToString(fields.toString());
            assertThat(map.keySet()).containsExactlyElementsOf(fields.keySet());
            assertThat(map.values()).containsExactlyElementsOf(fields.values());
            assertThat(map.headMap("b")).isEqualTo(fields.headMap("b"));
            assertThat(map.tailMap("b")).isEqualTo(fields.tailMap("b"));
            assertThat(map.subMap("a", "b")).isEqualTo(fields.subMap("a", "b"));
            for (String name : new String[] {"", "a", "absent", "é"}) {
                assertThat(map.get(name)).isEqualTo(fields.get(name));
                assertThat(map.containsKey(name)).isEqualTo(fields.containsKey(name));
            }
            assertThat(FieldMap.copyOf(map)).isSameAs(map);
        });
    }

    @Test
    void equalsWhateverHoldsTheSame() {
        Gen<TreeMap<String, Integer>> few = Gens.tuple(Gens.pick("a", "b"), Gens.ints(0, 1))
                .list(0, 3)
                .map(pairs -> {
                    TreeMap<String, Integer> fields = new TreeMap<>();
                    pairs.forEach(pair -> fields.put(pair.first(), pair.second()));
                    return fields;
                });
        Property.of("field maps are equal as maps are")
                .tries(2_000)
                .forAll(
                        Gens.tuple(few, few),
                        both -> assertThat(FieldMap.copyOf(both.first()).equals(FieldMap.copyOf(both.second())))
                                .isEqualTo(both.first().equals(both.second())));
    }

    @Test
    void takesFieldsInAnyOrderAndTheLastOfOneName() {
        Property.of("a builder takes any order")
                .tries(2_000)
                .forAll(
                        Gens.tuple(Gens.pick("a", "b", "c", "d"), Gens.ints(0, 9))
                                .list(0, 12),
                        pairs -> {
                            FieldMap.Builder<Integer> builder = new FieldMap.Builder<>(0);
                            TreeMap<String, Integer> expected = new TreeMap<>();
                            pairs.forEach(pair -> {
                                builder.put(pair.first(), pair.second());
                                expected.put(pair.first(), pair.second());
                            });
                            assertThat(builder.build()).isEqualTo(expected);
                        });
    }

    @Test
    void mergesFieldByField() {
        Property.of("two field maps merge").tries(3_000).forAll(FIELDS, FIELDS, (left, right) -> {
            TreeMap<String, Integer> expected = new TreeMap<>(left);
            right.forEach((name, value) -> expected.merge(name, value, (mine, theirs) -> 10 * mine + theirs));
            assertThat(FieldMap.copyOf(left)
                            .mergedWith(FieldMap.copyOf(right), (name, mine, theirs) -> 10 * mine + theirs))
                    .isEqualTo(expected);
        });
    }

    @Test
    void mapsValuesAndStaysItselfWhereNoneChanges() {
        Property.of("values are mapped").tries(2_000).forAll(FIELDS, fields -> {
            FieldMap<Integer> map = FieldMap.copyOf(fields);
            fields.replaceAll((name, value) -> value + name.length());
            assertThat(map.mapped((name, value) -> value)).isSameAs(map);
            assertThat(map.mapped((name, value) -> value + name.length())).isEqualTo(fields);
        });
    }

    @Test
    void cannotBeChanged() {
        FieldMap<Integer> map = FieldMap.copyOf(new TreeMap<>(Map.of("a", 1)));
        assertThatThrownBy(() -> map.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.keySet().remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.values().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void hasNoFirstNameWhenEmpty() {
        assertThatThrownBy(() -> FieldMap.of().firstKey()).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> FieldMap.of().lastKey()).isInstanceOf(NoSuchElementException.class);
    }
}
