package io.holdfast.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final Gen<Digest> DIGESTS =
            Gens.zip(Gens.longs(), Gens.longs(), Gens.longs(), Gens.longs(1, 9), Digest::new);
    private static final Gen<Tuple.Two<Integer, Digest>> RECORDS =
            Gens.tuple(Gens.<Integer>oneOf(Gens.pick(0, 63, 64, 4_095), Gens.ints(0, Buckets.COUNT - 1)), DIGESTS);

    @Test
    void everyLevelSumsTheOneBelow() {
        Property.of("nodes sum leaves, the root sums nodes").forAll(RECORDS.list(0, 30), records -> {
            Buckets buckets = new Buckets();
            records.forEach(record -> buckets.add(record.first(), record.second()));

            DigestSum all =
                    records.stream().map(Tuple.Two::second).reduce(DigestSum.ZERO, DigestSum::plus, DigestSum::plus);
            assertThat(buckets.root()).isEqualTo(all);
            assertThat(buckets.nodes()).hasSize(Buckets.FAN_OUT);
            assertThat(buckets.nodes().stream().reduce(DigestSum.ZERO, DigestSum::plus))
                    .isEqualTo(all);
            for (Tuple.Two<Integer, Digest> record : records) {
                int leaf = record.first();
                assertThat(buckets.leaf(leaf)).isEqualTo(sum(records, leaf, leaf + 1));
                int first = leaf - leaf % Buckets.FAN_OUT;
                assertThat(buckets.node(leaf / Buckets.FAN_OUT))
                        .isEqualTo(sum(records, first, first + Buckets.FAN_OUT));
            }
        });
    }

    @Test
    void aRecordThatIsNotThereIsNotCounted() {
        Buckets buckets = new Buckets();
        buckets.add(3, Digest.NONE);
        assertThat(buckets.leaf(3)).isEqualTo(DigestSum.ZERO);
    }

    private static DigestSum sum(java.util.List<Tuple.Two<Integer, Digest>> records, int from, int before) {
        return records.stream()
                .filter(record -> record.first() >= from && record.first() < before)
                .map(Tuple.Two::second)
                .reduce(DigestSum.ZERO, DigestSum::plus, DigestSum::plus);
    }
}
