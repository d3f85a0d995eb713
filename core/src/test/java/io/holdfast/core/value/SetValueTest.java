package io.holdfast.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.property.Property;
import org.junit.jupiter.api.Test;

class SetValueTest {

    @Test
    void mergingIsCommutativeAssociativeAndIdempotent() {
        Property.of("sets are a lattice")
                .tries(2_000)
                .forAll(ValueGens.sets(), ValueGens.sets(), ValueGens.sets(), (a, b, c) -> {
                    assertThat(a.mergedWith(b)).isEqualTo(b.mergedWith(a));
                    assertThat(a.mergedWith(b).mergedWith(c)).isEqualTo(a.mergedWith(b.mergedWith(c)));
                    assertThat(a.mergedWith(a)).isEqualTo(a);
                    assertThat(a.mergedWith(SetValue.EMPTY)).isEqualTo(a);
                });
    }

    @Test
    void whatWasJustAddedIsThereAndWhatWasJustRemovedIsNot() {
        Property.of("add and remove show at once")
                .tries(1_000)
                .forAll(ValueGens.sets(), ValueGens.incarnations(), (set, incarnation) -> {
                    assertThat(set.add("a", incarnation, 5).members()).contains("a");
                    assertThat(set.remove("a").members()).doesNotContain("a");
                    assertThat(set.add("a", incarnation, 5)
                                    .remove("a")
                                    .add("a", incarnation, 5)
                                    .members())
                            .contains("a");
                });
    }

    @Test
    void anAddWinsOverARemovalThatHadNotSeenIt() {
        SetValue shared = SetValue.EMPTY.add("x", 1, 1);
        SetValue removed = shared.remove("x");
        SetValue addedAgain = shared.add("x", 2, 2);
        assertThat(removed.members()).isEmpty();
        assertThat(removed.mergedWith(addedAgain).members()).containsExactly("x");
    }

    @Test
    void aRemovalThatHasSeenEveryAddWins() {
        SetValue both = SetValue.EMPTY.add("x", 1, 1).add("x", 2, 2);
        assertThat(both.remove("x").mergedWith(both).members()).isEmpty();
    }

    @Test
    void refusesAMarkThatRemovesWhatWasNeverAdded() {
        assertThatThrownBy(() -> new SetValue.Mark(1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
