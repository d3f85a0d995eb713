package io.holdfast.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Sha256;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentDigesterTest {

    private static final byte[] SALT = {1, 2, 3};

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(Value.NULL, "~"),
                Arguments.of(new Value.Text("añ;1"), "5:añ;1"),
                Arguments.of(new Value.Json("{\"a\":1}"), "7:{\"a\":1}"),
                Arguments.of(new Value.Int(-7), "-7"),
                Arguments.of(new Value.Time(1_700_000_000_000_001L), "1700000000000001"),
                Arguments.of(new Value.Span(-5), "-5"),
                Arguments.of(new Value.Decimal(new BigDecimal("1.50")), "1.50"),
                Arguments.of(new Value.Decimal(new BigDecimal("0E-8")), "0.00000000"),
                Arguments.of(new Value.Real(1.5), "3ff8000000000000"),
                Arguments.of(new Value.Bool(true), "t"),
                Arguments.of(new Value.Bool(false), "f"),
                Arguments.of(new Value.Bytes(new byte[] {0, -1}), "00ff"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void writesEachValueAsTheDatabaseDoes(Value value, String form) {
        ContentDigester digester = new ContentDigester(SALT, List.of("field"));
        assertThat(digester.digest("id", field -> value))
                .isEqualTo(Digest.of(
                        new Sha256().bytes(SALT).text("2:id;" + form + ";").digest()));
    }

    @Test
    void takesTheFieldsInOneOrderAndEachOnce() {
        Map<String, Value> values = Map.of("a", new Value.Int(1), "b", new Value.Int(2));
        ContentDigester one = new ContentDigester(SALT, List.of("b", "a", "b"));
        ContentDigester other = new ContentDigester(SALT, List.of("a", "b"));
        assertThat(one.fields()).containsExactly("a", "b");
        assertThat(one.salt()).isEqualTo(SALT);
        assertThat(one.digest("id", field -> values.getOrDefault(field, Value.NULL)))
                .isEqualTo(other.digest("id", field -> values.getOrDefault(field, Value.NULL)));
    }

    @Test
    void differsWithTheIdTheSaltAndEveryText() {
        ContentDigester digester = new ContentDigester(SALT, List.of("a", "b"));
        Property.of("two texts moved between two fields")
                .tries(500)
                .forAll(Gens.texts(0, 8), Gens.texts(0, 8), (left, right) -> {
                    Digest digest = digest(digester, "id", left, right);
                    if (!left.equals(right)) {
                        assertThat(digest(digester, "id", right, left)).isNotEqualTo(digest);
                    }
                    if (!right.isEmpty()) {
                        assertThat(digest(digester, "id", left + right, "")).isNotEqualTo(digest);
                    }
                    assertThat(digest(digester, "id2", left, right)).isNotEqualTo(digest);
                    assertThat(digest(new ContentDigester(new byte[] {1}, List.of("a", "b")), "id", left, right))
                            .isNotEqualTo(digest);
                });
    }

    private static Digest digest(ContentDigester digester, String id, String a, String b) {
        Map<String, Value> values = Map.of("a", new Value.Text(a), "b", new Value.Text(b));
        return digester.digest(id, field -> values.getOrDefault(field, Value.NULL));
    }

    @Test
    void spreadsIdsOverTheLeavesByTheirHash() {
        byte[] hash = new Sha256().text("id").digest();
        assertThat(ContentDigester.bucket("id")).isEqualTo((hash[0] & 0xff) * 16 + ((hash[1] & 0xff) >> 4));
        Property.of("leaves")
                .tries(500)
                .forAll(
                        Gens.texts(1, 40),
                        id -> assertThat(ContentDigester.bucket(id)).isBetween(0, Buckets.COUNT - 1));
    }

    @Test
    void refusesWhatHasNoContentOfItsOwn() {
        ContentDigester digester = new ContentDigester(SALT, List.of("a"));
        assertThatThrownBy(() -> digester.digest("id", field -> CounterValue.zero(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> digester.digest("id", field -> SetValue.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
