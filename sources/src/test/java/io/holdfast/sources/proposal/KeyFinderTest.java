package io.holdfast.sources.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The key that is found is one, and none is smaller. */
class KeyFinderTest {

    private static final int COLUMNS = 5;
    private static final List<String> FIELDS = List.of("a", "b", "c", "d", "e");

    private static final Gen<List<List<Integer>>> TABLES =
            Gens.ints(0, 2).list(COLUMNS, COLUMNS).list(0, 12);

    @Test
    void findsTheSmallestSetThatTellsAllRecordsApart() {
        Property.of("the key found is as small as the smallest found by trying all")
                .tries(500)
                .forAll(TABLES, table -> {
                    List<List<Integer>> different = new ArrayList<>(new LinkedHashSet<>(table));
                    for (int sampled : new int[] {KeySample.CELLS_MAX, 3 * COLUMNS}) {
                        Optional<List<String>> found = new KeyFinder(FIELDS, pass(different), sampled).find();
                        assertThat(found).hasValueSatisfying(key -> {
                            assertThat(isKey(different, key)).isTrue();
                            if (sampled == KeySample.CELLS_MAX) {
                                assertThat(key).hasSize(Math.max(1, smallest(different)));
                            }
                        });
                    }
                });
    }

    @Test
    void findsNoneWhereRecordsDifferOnlyInWhatMayBeNoKey() {
        List<List<Integer>> table = List.of(List.of(1, 1, 1, 1, 1), List.of(1, 1, 1, 1, 2));
        assertThat(new KeyFinder(List.of("a", "b"), pass(table)).find()).isEmpty();
        assertThat(new KeyFinder(List.of(), pass(table)).find()).isEmpty();
    }

    @Test
    void prefersFieldsThatAreNamedFirst() {
        List<List<Integer>> table = List.of(List.of(1, 1, 7, 3, 1), List.of(2, 1, 8, 4, 2));
        assertThat(new KeyFinder(List.of("d", "c", "b", "a"), pass(table)).find())
                .contains(List.of("d"));
    }

    private static int smallest(List<List<Integer>> table) {
        return IntStream.range(0, 1 << COLUMNS)
                .filter(set -> isKey(
                        table,
                        IntStream.range(0, COLUMNS)
                                .filter(column -> (set & (1 << column)) != 0)
                                .mapToObj(FIELDS::get)
                                .toList()))
                .map(Integer::bitCount)
                .min()
                .orElseThrow();
    }

    private static boolean isKey(List<List<Integer>> table, List<String> key) {
        Set<List<Integer>> seen = new HashSet<>();
        return table.stream()
                .allMatch(row -> seen.add(key.stream()
                        .map(field -> row.get(FIELDS.indexOf(field)))
                        .toList()));
    }

    private static KeyFinder.Pass pass(List<List<Integer>> table) {
        return action -> table.forEach(row -> {
            SortedMap<String, Value> values = new TreeMap<>();
            for (int column = 0; column < COLUMNS; column++) {
                values.put(FIELDS.get(column), new Value.Int(row.get(column)));
            }
            action.accept(values);
        });
    }
}
