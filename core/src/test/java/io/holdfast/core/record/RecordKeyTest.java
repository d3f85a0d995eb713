package io.holdfast.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordKeyTest {

    /** What {@link RecordKey#equals} says for itself must be what a record would say. */
    private record Plain(String collection, String id) {}

    @Test
    void equalsAndHashesAsItsComponentsDo() {
        var names = Gens.ints(0, 2).map(number -> "n" + number);
        Property.of("keys are equal when their components are").forAll(names.list(4, 4), parts -> {
            RecordKey left = new RecordKey(parts.get(0), new String(parts.get(1)));
            RecordKey right = new RecordKey(new String(parts.get(2)), parts.get(3));
            Plain one = new Plain(left.collection(), left.id());
            Plain other = new Plain(right.collection(), right.id());
            assertThat(left.equals(right)).isEqualTo(one.equals(other));
            assertThat(left.equals(right)).isEqualTo(left.compareTo(right) == 0);
            assertThat(left).hasSameHashCodeAs(new RecordKey(left.collection(), left.id()));
            assertThat(Objects.equals(left, one)).isFalse();
        });
    }
}
