package io.holdfast.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.ValueGens;
import io.holdfast.testkit.property.Property;
import org.junit.jupiter.api.Test;

class ValueSizeTest {

    @Test
    void isTheLengthOfTheCanonicalForm() {
        Property.of("size equals canonical length")
                .tries(3_000)
                .forAll(
                        ValueGens.any(),
                        value -> assertThat(ValueSize.of(value)).isEqualTo(CanonicalValue.bytes(value).length));
    }
}
