package io.holdfast.sources.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which rows repeat, and which ids they have. */
class SeenKeysTest {

    private static final long MEMORY_BYTES = 64L << 20;

    @Test
    void knowsEveryKeyAgainWithItsPlaceAndContent() {
        SeenKeys seen = new SeenKeys(MEMORY_BYTES);
        Map<String, Long> places = new HashMap<>();
        for (int row = 0; row < 60_000; row++) {
            String id = "key " + row % 40_000;
            Optional<SeenKeys.First> first = seen.first(id, content(row % 2), row);
            Long place = places.putIfAbsent(id, (long) row);
            assertThat(first)
                    .isEqualTo(
                            place == null
                                    ? Optional.empty()
                                    : Optional.of(new SeenKeys.First(place, place % 2 == row % 2)));
        }
    }

    @Test
    void refusesMoreKeysThanItsMemoryHolds() {
        SeenKeys seen = new SeenKeys(85 * 1_000);
        for (int row = 0; row < 1_000; row++) {
            assertThat(seen.first("key " + row, content(0), row)).isEmpty();
        }
        assertThat(seen.first("key 7", content(0), 0))
                .as("known keys need none")
                .isPresent();
        assertThatThrownBy(() -> seen.first("one more", content(0), 0))
                .hasMessageContaining("more than 1000 records")
                .extracting(refused -> ((HoldfastException) refused).code())
                .isEqualTo(ErrorCode.SOURCE_TOO_LARGE);
    }

    @Test
    void differentKeysHaveDifferentIds() {
        RowKeys keys = new RowKeys(List.of("a", "b"));
        Property.of("keys of two fields have one id only if both are equal")
                .tries(1_000)
                .forAll(Gens.pick("", "~", "/", "~1", "a/", "/a", "~0").list(4, 4), texts -> {
                    SortedMap<String, Value> one = values(texts.get(0), texts.get(1));
                    SortedMap<String, Value> other = values(texts.get(2), texts.get(3));
                    assertThat(keys.id(one, content(0)).equals(keys.id(other, content(0))))
                            .isEqualTo(one.equals(other));
                });
    }

    @Test
    void idsAreReadableWhereTheyCanBe() {
        RowKeys one = new RowKeys(List.of("a"));
        assertThat(one.id(values("S-1/2", ""), content(0))).isEqualTo("S-1/2");
        assertThat(new RowKeys(List.of("a", "b")).id(values("S/1", "x"), content(0)))
                .isEqualTo("S~11/x");
        assertThat(one.id(values("x".repeat(129), ""), content(0))).matches("#[0-9a-f]{40}");
        assertThat(one.id(values("a\nb", ""), content(0))).matches("#[0-9a-f]{40}");
        String looksHashed = "#" + "0".repeat(40);
        assertThat(one.id(values(looksHashed, ""), content(0))).isNotEqualTo(looksHashed);
        assertThat(new RowKeys(List.of()).id(values("a", ""), content(1))).isEqualTo("#01" + "00".repeat(19));
    }

    @Test
    void contentIsTheSameWithAFieldThatHoldsNothing() {
        SortedMap<String, Value> more = values("a", "b");
        more.put("c", Value.NULL);
        assertThat(RowKeys.content(more)).isEqualTo(RowKeys.content(values("a", "b")));
        assertThat(RowKeys.content(more)).isNotEqualTo(RowKeys.content(values("ab", "")));
    }

    private static SortedMap<String, Value> values(String a, String b) {
        return new TreeMap<>(Map.of("a", new Value.Text(a), "b", new Value.Text(b)));
    }

    private static byte[] content(int number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return hash;
    }
}
