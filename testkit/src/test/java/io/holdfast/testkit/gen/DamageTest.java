package io.holdfast.testkit.gen;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.property.Property;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DamageTest {

    private static final byte[] WHOLE = "what somebody wrote down".getBytes(StandardCharsets.UTF_8);

    @Test
    void neverGrowsByMoreThanItSays() {
        Property.of("damage")
                .tries(2_000)
                .forAll(
                        Damage.of(WHOLE),
                        damaged -> assertThat(damaged.length).isBetween(WHOLE.length - 4 * 5, WHOLE.length + 4 * 39));
    }

    @Test
    void leavesWhatItIsGivenAlone() {
        byte[] given = WHOLE.clone();
        Property.of("damage")
                .tries(200)
                .forAll(Damage.of(given), damaged -> assertThat(given).isEqualTo(WHOLE));
    }
}
