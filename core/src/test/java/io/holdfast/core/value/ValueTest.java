package io.holdfast.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

    @Test
    void everyValueReadsBackFromItsCanonicalForm() {
        Property.of("values round-trip")
                .tries(3_000)
                .forAll(
                        ValueGens.any(),
                        value -> assertThat(ValueCodec.of(CanonicalValue.bytes(value)))
                                .isEqualTo(value));
    }

    @Test
    void differentValuesHaveDifferentCanonicalForms() {
        Property.of("canonical forms tell values apart")
                .tries(3_000)
                .forAll(
                        ValueGens.any(),
                        ValueGens.any(),
                        (a, b) -> assertThat(java.util.Arrays.equals(CanonicalValue.bytes(a), CanonicalValue.bytes(b)))
                                .isEqualTo(a.equals(b)));
    }

    @Test
    void garbageIsRefusedAndNeverCrashes() {
        Property.of("garbage is refused").tries(3_000).forAll(Gens.bytes(0, 40), bytes -> {
            try {
                ValueCodec.of(bytes);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            }
        });
    }

    @Test
    void theOrderIsTotal() {
        Property.of("order is total")
                .tries(3_000)
                .forAll(ValueGens.any(), ValueGens.any(), ValueGens.any(), (a, b, c) -> {
                    assertThat(Integer.signum(ValueOrder.compare(a, b)))
                            .isEqualTo(-Integer.signum(ValueOrder.compare(b, a)));
                    assertThat(ValueOrder.compare(a, a)).isZero();
                    if (ValueOrder.compare(a, b) <= 0 && ValueOrder.compare(b, c) <= 0) {
                        assertThat(ValueOrder.compare(a, c)).isLessThanOrEqualTo(0);
                    }
                });
    }

    @Test
    void textIsOrderedByItsUtf8() {
        // UTF-16 would put the emoji, which is above U+FFFF, before U+FB33.
        assertThat(ValueOrder.compare(new Value.Text("\ufb33"), new Value.Text("\ud83d\ude00")))
                .isNegative();
        assertThat(ValueOrder.compare(new Value.Text("Z"), new Value.Text("a"))).isNegative();
    }

    @Test
    void zeroHasOneForm() {
        assertThat(new Value.Real(-0.0)).isEqualTo(new Value.Real(0.0));
        assertThat(CanonicalValue.bytes(new Value.Real(-0.0))).isEqualTo(CanonicalValue.bytes(new Value.Real(0.0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNoFiniteNumber(double number) {
        assertThatThrownBy(() -> new Value.Real(number)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "\ud800", "a\udc00", "\udc00\ud800", "\ud800\ud800\udc00"})
    void refusesTextThatNotEveryReplicaCanHold(String text) {
        assertThatThrownBy(() -> new Value.Text(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textIsWellFormedExactlyIfUtf8GivesItBack() {
        Property.of("well-formed text survives UTF-8").tries(2_000).forAll(Gens.strings(), text -> {
            boolean survives = text.indexOf('\0') < 0
                    && new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
            assertThat(WellFormedText.isWellFormed(text)).isEqualTo(survives);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1", "1e-39", "123456789012345678901234567890123456789", "1e999999999", "1e-999999999"})
    void refusesDecimalsBeyond38Digits(String number) {
        assertThatThrownBy(() -> new Value.Decimal(new BigDecimal(number)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theScaleIsPartOfADecimal() {
        assertThat(new Value.Decimal(new BigDecimal("1.50"))).isNotEqualTo(new Value.Decimal(new BigDecimal("1.5")));
    }

    @Test
    void bytesCannotBeChangedFromOutside() {
        byte[] array = {1, 2};
        Value.Bytes bytes = new Value.Bytes(array);
        array[0] = 9;
        bytes.bytes()[1] = 9;
        assertThat(bytes).isEqualTo(new Value.Bytes(new byte[] {1, 2}));
    }
}
