package io.holdfast.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextOrderTest {

    private static final List<String> UNITS =
            List.of("", "a", "b", "é", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "😀", "\uDBFF\uDFFF");

    @Test
    void ordersAsTheBytesOfUtf8() {
        Gen<String> texts = Gens.pick(UNITS).list(0, 4).map(units -> String.join("", units));
        Property.of("texts in the order of UTF-8")
                .forAll(
                        texts,
                        texts,
                        (left, right) -> assertThat(Integer.signum(TextOrder.compare(left, right)))
                                .isEqualTo(Integer.signum(Arrays.compareUnsigned(utf8(left), utf8(right)))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
