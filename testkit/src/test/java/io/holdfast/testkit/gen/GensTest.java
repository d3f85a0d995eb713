package io.holdfast.testkit.gen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.testkit.random.SeededRandom;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GensTest {

    private static final long SEED = 20_261_120;

    @Test
    void givesTheSameValuesForTheSameSeed() {
        Gen<Map<String, List<Long>>> gen = Gens.maps(Gens.texts(), Gens.longs().list(), 0, 5);
        assertThat(gen.samples(SEED, 100)).isEqualTo(gen.samples(SEED, 100)).isNotEqualTo(gen.samples(SEED + 1, 100));
    }

    @Test
    void buildsAnEqualValueOfTheRecordedChoices() {
        Gen<Tuple.Three<Set<Integer>, String, List<Integer>>> gen = Gens.tuple(
                Gens.ints(0, 30).set(0, 10),
                Gens.strings(),
                Gens.ints().filter(value -> value % 3 == 0).list());
        SeededRandom random = new SeededRandom(SEED);
        for (int i = 0; i < 500; i++) {
            Choices first = Choices.random(random.split());
            Tuple.Three<Set<Integer>, String, List<Integer>> value = gen.next(first);
            Choices again = Choices.replaying(first.recording().choices());
            assertThat(gen.next(again)).isEqualTo(value);
            assertThat(again.recording()).isEqualTo(first.recording());
            assertThat(again.recording().spans()).isEqualTo(first.recording().spans());
        }
    }

    @Test
    void buildsTheSimplestValueOfNoChoices() {
        Choices none = Choices.replaying();
        assertThat(Gens.ints().next(none)).isZero();
        assertThat(Gens.ints(-9, -3).next(none)).isEqualTo(-3);
        assertThat(Gens.ints(4, 9).list(2, 5).next(none)).containsExactly(4, 4);
        assertThat(Gens.texts().next(none)).isEmpty();
        assertThat(Gens.texts(2, 2).next(none)).isEqualTo("aa");
        assertThat(Gens.doubles().next(none)).isZero();
        assertThat(Gens.decimals(20, 2).next(none)).isEqualTo(new BigDecimal("0.00"));
        assertThat(Gens.instants().next(none)).isEqualTo(Instant.EPOCH);
        assertThat(Gens.permutations(List.of(1, 2, 3)).next(none)).containsExactly(1, 2, 3);
        assertThat(Gens.ints().optional().next(none)).isEmpty();
    }

    @Test
    void coversTheEdgesOfIntegers() {
        assertThat(Gens.longs().samples(SEED, 5_000))
                .contains(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, 1L << 32, -(1L << 31));
        assertThat(Gens.ints().samples(SEED, 5_000)).contains(Integer.MAX_VALUE, Integer.MIN_VALUE, 255, 256);
        assertThat(Gens.ints(-3, 5).samples(SEED, 500))
                .containsOnly(-3, -2, -1, 0, 1, 2, 3, 4, 5)
                .contains(-3, -2, -1, 0, 1, 2, 3, 4, 5);
    }

    @Test
    void coversTheEdgesOfTexts() {
        List<String> texts = Gens.texts().samples(SEED, 3_000);
        String all = String.join("", texts);
        assertThat(texts).contains("").anyMatch(text -> text.codePointCount(0, text.length()) == Gen.SIZE_MAX);
        assertThat(all).contains("\"", "\\", "'", "\n", "\u0001", "\u2028", "\ufeff", "\ud83d\ude00", "\udbff\udfff");
        assertThat(all).doesNotContain("\0");
        assertThat(all.codePoints()).noneMatch(GensTest::isSurrogate);
    }

    @Test
    void coversNulAndLoneSurrogatesInStrings() {
        String all = String.join(" ", Gens.strings().samples(SEED, 2_000));
        assertThat(all).contains("\0");
        assertThat(all.codePoints()).anyMatch(GensTest::isSurrogate);
    }

    @Test
    void keepsDecimalsWithinPrecisionAndScale() {
        List<BigDecimal> decimals = Gens.decimals(38, 10).samples(SEED, 2_000);
        assertThat(decimals).allMatch(value -> value.scale() == 10 && value.precision() <= 38);
        assertThat(decimals).anyMatch(value -> value.precision() == 38).anyMatch(value -> value.signum() < 0);
        assertThat(Gens.decimals(18, 18).samples(SEED, 500))
                .allMatch(value -> value.abs().compareTo(BigDecimal.ONE) < 0);
    }

    @Test
    void keepsInstantsAndDurationsWithinRange() {
        assertThat(Gens.instants().samples(SEED, 3_000))
                .contains(
                        Instant.EPOCH,
                        Instant.parse("0001-01-01T00:00:00Z"),
                        Instant.parse("9999-12-31T23:59:59.999999Z"))
                .allMatch(instant -> instant.truncatedTo(ChronoUnit.MICROS).equals(instant));
        Duration day = Duration.ofDays(1);
        assertThat(Gens.durations(day.negated(), day).samples(SEED, 1_000))
                .allMatch(duration -> duration.abs().compareTo(day) <= 0)
                .contains(day, day.negated(), Duration.ZERO);
    }

    @Test
    void givesFiniteDoubles() {
        assertThat(Gens.doubles().samples(SEED, 5_000))
                .allMatch(Double::isFinite)
                .contains(0.0, -0.0, Double.MIN_VALUE, -Double.MAX_VALUE);
    }

    @Test
    void keepsSizesWithinRange() {
        assertThat(Gens.ints().list(2, 4).samples(SEED, 500))
                .extracting(List::size)
                .containsOnly(2, 3, 4);
        assertThat(Gens.bytes(0, 3).samples(SEED, 500))
                .extracting(bytes -> bytes.length)
                .containsOnly(0, 1, 2, 3);
        assertThat(Gens.ints(0, 3).set(4, 4).samples(SEED, 20)).allMatch(set -> set.equals(Set.of(0, 1, 2, 3)));
    }

    @Test
    void rejectsSetOfMoreValuesThanThereAre() {
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> Gens.booleans().set(3, 3).sample(SEED))
                .withMessageContaining("too few different values");
    }

    @Test
    void recordsNothingOfRepeatedElements() {
        Gen<Set<Integer>> all = Gens.ints(0, 3).set(4, 4);
        SeededRandom random = new SeededRandom(SEED);
        for (int i = 0; i < 50; i++) {
            Choices choices = Choices.random(random.split());
            all.next(choices);
            // Four times "one more" with a value, and "stop".
            assertThat(choices.recording().size()).isEqualTo(9);
        }
    }

    @Test
    void rejectsFilterThatRefusesEverything() {
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> Gens.ints().filter(value -> false).sample(SEED));
    }

    @Test
    void rejectsCaseOfTooManyChoices() {
        Gen<Integer> endless = choices -> {
            while (choices.draw(1) < 2) {
                choices.draw(9);
            }
            return 0;
        };
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> endless.sample(SEED));
    }

    @Test
    void weighsAlternatives() {
        Gen<String> gen =
                Gens.frequency(Gens.weighted(9, Gens.constant("usual")), Gens.weighted(1, Gens.constant("rare")));
        long rare = gen.samples(SEED, 10_000).stream().filter("rare"::equals).count();
        assertThat(rare).isBetween(850L, 1_150L);
    }

    @Test
    void reachesEveryPermutationAndPart() {
        List<Integer> values = List.of(1, 2, 3);
        assertThat(new HashSet<>(Gens.permutations(values).samples(SEED, 200))).hasSize(6);
        assertThat(new HashSet<>(Gens.parts(values).samples(SEED, 200))).hasSize(8);
    }

    @Test
    void refusesEmptyRangesAndLists() {
        assertThatIllegalArgumentException().isThrownBy(() -> Gens.ints(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Gens.pick(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Gens.ints().list(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Gens.decimals(2, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> Gens.weighted(0, Gens.ints()));
    }

    @Test
    void readsRecordingsAsItWritesThem() {
        Choices choices = Choices.random(new SeededRandom(SEED));
        Gens.longs().list().next(choices);
        assertThat(Recording.parse(choices.recording().toString()))
                .isEqualTo(choices.recording().choices());
        assertThat(Recording.parse(" ")).isEmpty();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
