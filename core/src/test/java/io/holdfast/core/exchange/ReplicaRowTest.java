package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaRowTest {

    @Test
    void remembersTheLatestOpeningsEachOnce() {
        Property.of("openings are remembered by recency")
                .tries(1_000)
                .forAll(Gens.longs(1, 60).list(0, 200), openings -> {
                    ReplicaRow row = new ReplicaRow("phone", "ann", List.of(), BatchMark.NONE, "", 0, 0);
                    List<Long> expected = new ArrayList<>();
                    for (long opening : openings) {
                        row = row.seenIn(opening, 5);
                        expected.remove(Long.valueOf(opening));
                        expected.add(opening);
                    }
                    int kept = Math.min(expected.size(), Limits.INCARNATIONS_KEPT);
                    assertThat(row.incarnations()).isEqualTo(expected.subList(expected.size() - kept, expected.size()));
                });
    }
}
