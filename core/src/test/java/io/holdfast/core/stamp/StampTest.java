package io.holdfast.core.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

    private static final Gen<Stamp> STAMPS = Gens.zip(
            Gens.<Long>oneOf(Gens.longs(0, 3), Gens.longs(0, Long.MAX_VALUE)),
            Gens.<Long>oneOf(Gens.pick(0L, 1L, -1L, Long.MIN_VALUE), Gens.longs()),
            Stamp::new);

    @Test
    void everyStampReadsBackFromItsText() {
        Property.of("stamps round-trip")
                .tries(1_000)
                .forAll(
                        STAMPS,
                        stamp -> assertThat(Stamp.parse(stamp.toString())).isEqualTo(stamp));
    }

    @Test
    void textOrderIsStampOrder() {
        Property.of("text order is stamp order")
                .tries(2_000)
                .forAll(
                        STAMPS,
                        STAMPS,
                        (a, b) -> assertThat(Integer.signum(a.toString().compareTo(b.toString())))
                                .isEqualTo(Integer.signum(a.compareTo(b))));
    }

    @Test
    void timeDecidesBeforeTheIncarnation() {
        assertThat(new Stamp(2, 1)).isGreaterThan(new Stamp(1, 9));
        assertThat(new Stamp(1, -1)).isGreaterThan(new Stamp(1, 1));
    }

    @Test
    void theLaterOfTwoIsOneOfThemAndNotTheEarlier() {
        Property.of("max is an upper bound").tries(1_000).forAll(STAMPS, STAMPS, (a, b) -> {
            assertThat(a.max(b)).isIn(a, b).isGreaterThanOrEqualTo(a).isGreaterThanOrEqualTo(b);
            assertThat(a.max(b)).isEqualTo(b.max(a));
        });
    }

    @Test
    void onlyTimeZeroIsNone() {
        assertThat(Stamp.NONE.isNone()).isTrue();
        assertThat(new Stamp(0, 7).isNone()).isTrue();
        assertThat(new Stamp(1, 0).isNone()).isFalse();
    }

    @Test
    void knowsTheMillisecondItWasGivenIn() {
        assertThat(new Stamp(HybridTime.ofMillis(1_234) + 5, 1).millis()).isEqualTo(1_234);
    }

    @Test
    void refusesTimeBeforeTheStart() {
        assertThatThrownBy(() -> new Stamp(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000000000000001.000000000000001",
                "0000000000000001.00000000000000010",
                "0000000000000001-0000000000000001",
                "000000000000000g.0000000000000001",
                "0000000000000001.000000000000000g",
                "8000000000000000.0000000000000001",
                "00000000000000010000000000000001."
            })
    void refusesTextThatIsNoStamp(String text) {
        assertThatThrownBy(() -> Stamp.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
