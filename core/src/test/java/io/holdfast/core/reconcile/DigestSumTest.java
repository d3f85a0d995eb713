package io.holdfast.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compared with whole numbers modulo 2^256, of which sums must be nothing but a fast form. */
class DigestSumTest {

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    /** Words at their edges, because that is where carries begin and run through. */
    private static final Gen<Long> WORDS =
            Gens.oneOf(Gens.pick(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE), Gens.longs());

    private static final Gen<Digest> DIGESTS = Gens.zip(WORDS, WORDS, WORDS, WORDS, Digest::new);
    private static final Gen<DigestSum> SUMS = DIGESTS.list(0, 6)
            .map(digests -> digests.stream().reduce(DigestSum.ZERO, DigestSum::plus, DigestSum::plus));

    @Test
    void addsModulo2ToThe256() {
        Property.of("sums are sums of numbers").tries(5_000).forAll(SUMS, DIGESTS, (sum, digest) -> {
            DigestSum more = sum.plus(digest);
            assertThat(number(more)).isEqualTo(number(sum).add(number(digest)).mod(MODULUS));
            assertThat(more.count()).isEqualTo(sum.count() + 1);
        });
    }

    @Test
    void takesAwayModulo2ToThe256() {
        Property.of("differences are differences of numbers").tries(5_000).forAll(SUMS, DIGESTS, (sum, digest) -> {
            DigestSum less = sum.minus(digest);
            assertThat(number(less))
                    .isEqualTo(number(sum).subtract(number(digest)).mod(MODULUS));
            assertThat(less.count()).isEqualTo(sum.count() - 1);
        });
    }

    @Test
    void sumsAreACommutativeGroup() {
        Property.of("sums are a commutative group")
                .tries(3_000)
                .forAll(SUMS, SUMS, SUMS, DIGESTS, (a, b, c, digest) -> {
                    assertThat(a.plus(b)).isEqualTo(b.plus(a));
                    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
                    assertThat(a.plus(DigestSum.ZERO)).isEqualTo(a);
                    assertThat(a.plus(digest).minus(digest)).isEqualTo(a);
                    assertThat(a.minus(digest).plus(digest)).isEqualTo(a);
                });
    }

    @Test
    void theOrderOfTheRecordsHasNoPartInTheirSum() {
        Property.of("sums know no order")
                .forAll(
                        DIGESTS.list(0, 12).flatMap(list -> Gens.tuple(Gens.constant(list), Gens.permutations(list))),
                        both -> assertThat(sum(both.first())).isEqualTo(sum(both.second())));
    }

    @Test
    void addingTheSameTwiceShows() {
        Digest digest = new Digest(1, 2, 3, 4);
        DigestSum once = DigestSum.ZERO.plus(digest);
        assertThat(once.plus(digest)).isNotEqualTo(once).isNotEqualTo(DigestSum.ZERO);
        assertThat(sum(Collections.nCopies(2, digest)).count()).isEqualTo(2);
    }

    @Test
    void sumsAndDigestsReadBackFromTheirBytes() {
        Property.of("sums round-trip").tries(1_000).forAll(SUMS, DIGESTS, (sum, digest) -> {
            assertThat(sum.bytes()).hasSize(DigestSum.BYTES);
            assertThat(DigestSum.of(sum.bytes())).isEqualTo(sum);
            assertThat(digest.bytes()).hasSize(Digest.LENGTH);
            assertThat(Digest.of(digest.bytes())).isEqualTo(digest);
        });
    }

    @Test
    void bytesBeginWithTheMostSignificant() {
        assertThat(new Digest(1, 2, 3, 4))
                .hasToString("0000000000000001000000000000000200000000000000030000000000000004");
        assertThat(new BigInteger(1, new DigestSum(0, 0, 0, 258, 7).bytes()))
                .isEqualTo(BigInteger.valueOf(258).shiftLeft(64).add(BigInteger.valueOf(7)));
    }

    @Test
    void onlyZeroStandsForNoRecord() {
        assertThat(Digest.NONE.isNone()).isTrue();
        assertThat(new Digest(0, 0, 0, 1).isNone()).isFalse();
    }

    private static DigestSum sum(List<Digest> digests) {
        return digests.stream().reduce(DigestSum.ZERO, DigestSum::plus, DigestSum::plus);
    }

    private static BigInteger number(Digest digest) {
        return new BigInteger(1, digest.bytes());
    }

    private static BigInteger number(DigestSum sum) {
        return new BigInteger(1, new Digest(sum.w3(), sum.w2(), sum.w1(), sum.w0()).bytes());
    }
}
