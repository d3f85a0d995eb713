package io.holdfast.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import org.junit.jupiter.api.Test;

class CounterValueTest {

    @Test
    void mergingIsCommutativeAssociativeAndIdempotent() {
        Property.of("counters are a lattice")
                .tries(2_000)
                .forAll(ValueGens.counters(), ValueGens.counters(), ValueGens.counters(), (a, b, c) -> {
                    assertThat(a.mergedWith(b)).isEqualTo(b.mergedWith(a));
                    assertThat(a.mergedWith(b).mergedWith(c)).isEqualTo(a.mergedWith(b.mergedWith(c)));
                    assertThat(a.mergedWith(a)).isEqualTo(a);
                    assertThat(a.mergedWith(CounterValue.zero(0))).isEqualTo(a);
                });
    }

    @Test
    void additionsOnDifferentReplicasAllCount() {
        Property.of("every addition counts once")
                .forAll(
                        Gens.longs(-1_000, 1_000).list(0, 20),
                        Gens.longs(-1_000, 1_000).list(0, 20),
                        (here, there) -> {
                            CounterValue mine = CounterValue.zero(0);
                            for (long amount : here) {
                                mine = mine.add(1, amount);
                            }
                            CounterValue theirs = CounterValue.zero(0);
                            for (long amount : there) {
                                theirs = theirs.add(-1, amount);
                            }
                            long sum = here.stream().mapToLong(Long::longValue).sum()
                                    + there.stream().mapToLong(Long::longValue).sum();
                            assertThat(mine.mergedWith(theirs).mergedWith(mine).sum())
                                    .isEqualTo(sum);
                        });
    }

    @Test
    void theVisibleSumStaysWithin64Bits() {
        CounterValue most = CounterValue.zero(0).add(1, Long.MAX_VALUE).add(2, Long.MAX_VALUE);
        assertThat(most.sum()).isEqualTo(Long.MAX_VALUE);
        assertThat(most.add(3, -Long.MAX_VALUE).sum()).isEqualTo(Long.MAX_VALUE);
        assertThat(CounterValue.zero(0).add(1, -Long.MAX_VALUE).add(2, -2).sum())
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void refusesATotalThatLeaves63Bits() {
        CounterValue full = CounterValue.zero(0).add(1, Long.MAX_VALUE);
        assertThatThrownBy(() -> full.add(1, 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> full.add(2, Long.MIN_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new CounterValue.Total(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
