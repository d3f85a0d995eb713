package io.holdfast.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class PropertyTest {

    private static final Gen<Integer> SMALL = Gens.ints(0, 1_000);

    @Test
    void triesAsManyCasesAsAskedAndTheSimplestAmongThem() {
        List<Integer> seen = new ArrayList<>();
        Property.of("counts").tries(321).forAll(SMALL, seen::add);
        assertThat(seen).hasSize(321 * factor()).first().isEqualTo(0);
    }

    @Test
    void takesUpToFourValues() {
        Property.of("two").forAll(SMALL, SMALL, (a, b) -> assertThat(a + b).isEqualTo(b + a));
        Property.of("three")
                .forAll(
                        SMALL,
                        SMALL,
                        SMALL,
                        (a, b, c) -> assertThat((a + b) + c).isEqualTo(a + (b + c)));
        Property.of("four")
                .forAll(
                        SMALL,
                        SMALL,
                        SMALL,
                        SMALL,
                        (a, b, c, d) -> assertThat(a + b + c + d).isNotNegative());
    }

    @Test
    @DisabledIfSystemProperty(named = "holdfast.seed", matches = ".+", disabledReason = "a seed is given")
    void derivesTheSeedFromTheName() {
        assertThat(cases(Property.of("one")))
                .isEqualTo(cases(Property.of("one")))
                .isNotEqualTo(cases(Property.of("two")));
    }

    @Test
    void reportsCaseSeedAndCause() {
        AssertionError error = failure(Property.of("below 500").seed(42));
        assertThat(error)
                .hasMessageContaining("Property \"below 500\" does not hold for case ")
                .hasMessageContaining("smallest case: 500\n")
                .hasCauseInstanceOf(AssertionError.class);
        assertThat(error.getCause()).hasMessageContaining("500");
    }

    @Test
    @DisabledIfSystemProperty(named = "holdfast.seed", matches = "random", disabledReason = "seeds differ")
    void replaysTheSameFailureFromTheSeed() {
        assertThat(failure(Property.of("a").seed(7)))
                .hasMessage(failure(Property.of("a").seed(7)).getMessage());
    }

    @Test
    void keepsTheFailingCaseInAFileAndTriesItFirst(@TempDir Path folder) throws IOException {
        Property property = Property.of("Below 500: always!").regressions(folder);
        failure(property);
        Path file = folder.resolve("below-500-always.choices");
        assertThat(Files.readAllLines(file)).containsExactly("# 500", "1f4");

        assertThat(failure(property)).hasMessageContaining("a kept case of");
        assertThat(Files.readAllLines(file)).hasSize(2);

        List<Integer> seen = new ArrayList<>();
        property.tries(1).forAll(SMALL, seen::add);
        assertThat(seen).first().isEqualTo(500);
    }

    @Test
    void saysWhichRegressionFileIsMalformed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("broken.choices"), "12 zebra\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> Property.of("broken").regressions(folder).forAll(SMALL, value -> {}))
                .withMessageContaining("broken.choices");
    }

    @Test
    void showsTheCaseAsItWasBeforeTheBodyChangedIt() {
        Gen<byte[]> gen = Gens.bytes(1, 4);
        AssertionError error = catchThrowableOfType(
                AssertionError.class,
                () -> Property.of("changes").forAll(gen, bytes -> {
                    boolean broken = bytes[0] != 0;
                    bytes[0] = 99;
                    assertThat(broken).isFalse();
                }));
        assertThat(error).hasMessageContaining("smallest case: 0x01\n");
    }

    @Test
    void saysThatAFailureDoesNotRepeat() {
        AtomicInteger calls = new AtomicInteger();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Property.of("flaky")
                        .forAll(
                                SMALL,
                                value -> assertThat(calls.incrementAndGet()).isNotEqualTo(5)))
                .withMessageContaining("did not fail again");
    }

    @Test
    void discardsCasesThatMissAnAssumption() {
        AtomicInteger checked = new AtomicInteger();
        Property.of("assumes").tries(50).forAll(SMALL, value -> {
            Property.assume(value % 2 == 1);
            checked.incrementAndGet();
        });
        assertThat(checked).hasValue(50 * factor());
    }

    @Test
    void refusesToPassWhenNearlyAllCasesAreDiscarded() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Property.of("never").forAll(SMALL, value -> Property.assume(false)))
                .withMessageContaining("could check only 0");
    }

    @Test
    void shrinksWithinItsLimit() {
        AtomicInteger calls = new AtomicInteger();
        AssertionError error = catchThrowableOfType(
                AssertionError.class,
                () -> Property.of("limited")
                        .tries(1)
                        .shrinks(20)
                        .seed(1)
                        .forAll(Gens.ints(1, 1_000).list(40, 50), list -> {
                            calls.incrementAndGet();
                            assertThat(list).isEmpty();
                        }));
        assertThat(error).hasMessageContaining("stopped by the limit of 20 cases");
        assertThat(calls).hasValueLessThanOrEqualTo(20 + 3);
    }

    @Test
    void shrinksFullStacks() {
        AssertionError error = catchThrowableOfType(
                AssertionError.class, () -> Property.of("deep").forAll(SMALL, value -> descend(value < 100 ? 0 : -1)));
        assertThat(error).hasCauseInstanceOf(StackOverflowError.class).hasMessageContaining("smallest case: 100\n");
    }

    @Test
    void describesCasesThatAreDrawnOnTheWay() {
        AssertionError error = catchThrowableOfType(
                AssertionError.class,
                () -> Property.of("draws").drawing(choices -> {
                    int size = Gens.ints(0, 9).next(choices);
                    choices.note(() -> "size " + size);
                    assertThat(size).isLessThan(3);
                }));
        assertThat(error).hasMessageContaining("smallest case: size 3\n");
    }

    @Test
    void escapesWhatCannotBeSeen() {
        assertThat(Rendering.of("a\"\\\0\ud800é\u202e")).isEqualTo("\"a\\\"\\\\\\u0000\\ud800é\\u202e\"");
        assertThat(Rendering.of(List.of("a", new byte[] {1, -1}))).isEqualTo("[\"a\", 0x01ff]");
    }

    private static int descend(int depth) {
        return depth == 0 ? 0 : descend(depth - 1) + 1;
    }

    private static List<Integer> cases(Property property) {
        List<Integer> seen = new ArrayList<>();
        property.forAll(SMALL, seen::add);
        return seen;
    }

    private static AssertionError failure(Property property) {
        return catchThrowableOfType(
                AssertionError.class,
                () -> property.forAll(SMALL, value -> assertThat(value).isLessThan(500)));
    }

    private static int factor() {
        return Integer.getInteger("holdfast.tries", 1);
    }
}
