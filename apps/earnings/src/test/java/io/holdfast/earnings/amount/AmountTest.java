package io.holdfast.earnings.amount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Violation;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts and accrual against a reference in rational numbers. */
class AmountTest {

    private static final long YEAR = 366L * 24 * 3_600_000_000L;
    private static final Gen<Coins> COINS = Gens.longs(0, Coins.UNITS_MAX).map(Coins::new);
    private static final Gen<Coins> RATES =
            Gens.oneOf(Gens.longs(0, 1_000_000_000L).map(Coins::new), COINS);
    private static final Gen<Span> SPANS =
            Gens.zip(Gens.longs(0, YEAR), Gens.longs(0, YEAR), (from, length) -> new Span(from, from + length));
    private static final Gen<Span> SHORT_SPANS =
            Gens.zip(Gens.longs(0, 60), Gens.longs(0, 20), (from, length) -> new Span(from, from + length));

    /** A fraction with a positive denominator, not reduced. */
    private record Rational(BigInteger numerator, BigInteger denominator) {
        Rational plus(Rational other) {
            return new Rational(
                    numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                    denominator.multiply(other.denominator));
        }

        /** Floor of the fraction times 10^8. */
        BigInteger units() {
            return numerator.multiply(BigInteger.TEN.pow(8)).divide(denominator);
        }
    }

    /** Coins an hour times hours, as fractions of decimal numbers. */
    private static Rational reference(Coins perHour, long micros) {
        BigDecimal rate = perHour.number();
        return new Rational(
                rate.unscaledValue().multiply(BigInteger.valueOf(micros)),
                BigInteger.TEN.pow(rate.scale()).multiply(BigInteger.valueOf(3_600_000_000L)));
    }

    @Test
    void accrualIsRateTimesTimeRoundedDownToTheLastDigit() {
        Property.of("accrual equals the rational reference").tries(5_000).forAll(RATES, SPANS, (rate, span) -> {
            Accrued accrued = Accrued.of(rate, span.micros());
            BigInteger units = reference(rate, span.micros()).units();
            assertThat(accrued.fits()).isEqualTo(units.compareTo(BigInteger.valueOf(Coins.UNITS_MAX)) <= 0);
            if (accrued.fits()) {
                assertThat(accrued.coins().units()).isEqualTo(units.longValueExact());
            }
        });
    }

    @Test
    void itDoesNotMatterInHowManyPiecesTimeIsCounted() {
        Gen<List<Long>> pieces = Gens.longs(0, 10_000_000_000L).list(0, 20);
        Property.of("pieces add up").tries(2_000).forAll(Gens.longs(0, 1_000_000_000_000L), pieces, (units, parts) -> {
            Coins rate = new Coins(units);
            Accrued sum = Accrued.ZERO;
            Rational reference = new Rational(BigInteger.ZERO, BigInteger.ONE);
            for (long part : parts) {
                // As a server does that stores the amount and what is left over after each piece.
                sum = Accrued.stored(sum.coins(), sum.left()).plus(Accrued.of(rate, part));
                reference = reference.plus(reference(rate, part));
            }
            long whole = parts.stream().mapToLong(Long::longValue).sum();
            assertThat(sum).isEqualTo(Accrued.of(rate, whole));
            assertThat(sum.coins().units()).isEqualTo(reference.units().longValueExact());
        });
    }

    @Test
    void changingRatesComeToTheSumOfTheirSpans() {
        Gen<List<Span>> steps = SPANS.list(0, 8);
        Property.of("rates over a span").tries(2_000).forAll(steps, SPANS, RATES, (changes, span, first) -> {
            Rates rates = Rates.constant(first);
            TreeSet<Long> borders = new TreeSet<>(List.of(span.from(), span.until()));
            for (Span change : changes) {
                rates = rates.with(change.from(), new Coins(change.micros()));
                if (change.from() > span.from() && change.from() < span.until()) {
                    borders.add(change.from());
                }
            }
            Rational reference = new Rational(BigInteger.ZERO, BigInteger.ONE);
            List<Long> ordered = new ArrayList<>(borders);
            for (int i = 1; i < ordered.size(); i++) {
                reference =
                        reference.plus(reference(rates.at(ordered.get(i - 1)), ordered.get(i) - ordered.get(i - 1)));
            }
            assertThat(rates.over(span).parts().divide(BigInteger.valueOf(Accrued.PARTS_PER_UNIT)))
                    .isEqualTo(reference.units());
        });
    }

    @Test
    void aSetOfMomentsIsWhatItsSpansCover() {
        Property.of("spans against a set of moments")
                .tries(2_000)
                .forAll(SHORT_SPANS.list(0, 12), SHORT_SPANS, (all, asked) -> {
                    Spans spans = Spans.NONE;
                    TreeSet<Long> moments = new TreeSet<>();
                    for (Span span : all) {
                        spans = spans.plus(span);
                        for (long at = span.from(); at < span.until(); at++) {
                            moments.add(at);
                        }
                    }
                    TreeSet<Long> missing = new TreeSet<>();
                    for (Span gap : spans.gaps(asked)) {
                        for (long at = gap.from(); at < gap.until(); at++) {
                            assertThat(missing.add(at)).isTrue();
                        }
                    }
                    TreeSet<Long> expected = new TreeSet<>();
                    for (long at = asked.from(); at < asked.until(); at++) {
                        if (!moments.contains(at)) {
                            expected.add(at);
                        }
                    }
                    assertThat(missing).isEqualTo(expected);
                    assertThat(spans.micros()).isEqualTo(moments.size());
                });
    }

    @Test
    void amountsComeBackAsTheyWereWritten() {
        Property.of("coins as text and number").tries(2_000).forAll(COINS, coins -> {
            assertThat(Coins.parse("amount", coins.toString())).isEqualTo(coins);
            assertThat(Coins.of("amount", coins.number())).isEqualTo(coins);
            assertThat(coins.number().scale()).isEqualTo(Coins.SCALE);
            assertThat(coins.number().precision()).isLessThanOrEqualTo(Coins.PRECISION);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "-0.00000001, FIELD_RANGE",
        "10000000000, FIELD_RANGE",
        "1E+1000000000, FIELD_RANGE",
        "0.000000001, FIELD_PRECISION",
        "1E-1000000000, FIELD_PRECISION",
        "NaN, FIELD_TYPE",
        "Infinity, FIELD_TYPE",
        "-Infinity, FIELD_TYPE",
        "'', FIELD_TYPE",
        "'1,5', FIELD_TYPE"
    })
    void refusesWhatIsNoAmountWithTheFieldTheValueAndWhatToDo(String text, ErrorCode code) {
        RecordRefusedException refused =
                catchThrowableOfType(RecordRefusedException.class, () -> Coins.parse("rate", text));
        assertThat(refused.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(code);
            assertThat(violation.field()).isEqualTo("rate");
            assertThat(violation.value()).isEqualTo(Violation.shortened(text));
            assertThat(violation.advice()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0E+1000000", "9999999999.99999999", "1.500000000", "1e2", " 7 "})
    void takesEveryWayToWriteAnAmount(String text) {
        assertThat(Coins.parse("rate", text).number()).isEqualByComparingTo(new BigDecimal(text.strip()));
    }
}
