package io.holdfast.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import org.junit.jupiter.api.Test;

class ScopeKeyTest {

    @Test
    void everyKeyReadsBackFromItsDigitsAndNeverShowsThem() {
        Property.of("keys round-trip and hide").forAll(Gens.bytes(ScopeKey.LENGTH, ScopeKey.LENGTH), bytes -> {
            ScopeKey key = new ScopeKey(bytes);
            assertThat(ScopeKey.parse(key.reveal())).isEqualTo(key).hasSameHashCodeAs(key);
            assertThat(key.toString()).doesNotContain(key.reveal().substring(0, 8));
        });
    }

    @Test
    void keysOfOtherBytesDiffer() {
        assertThat(ScopeKey.parse("00".repeat(32))).isNotEqualTo(ScopeKey.parse("00".repeat(31) + "01"));
    }

    @Test
    void cannotBeChangedFromOutside() {
        byte[] bytes = new byte[ScopeKey.LENGTH];
        ScopeKey key = new ScopeKey(bytes);
        bytes[0] = 1;
        key.bytes()[1] = 1;
        assertThat(key).isEqualTo(new ScopeKey(new byte[ScopeKey.LENGTH]));
    }

    @Test
    void refusesAnotherLength() {
        assertThatThrownBy(() -> new ScopeKey(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ScopeKey.parse("00".repeat(33))).isInstanceOf(IllegalArgumentException.class);
    }
}
