package io.holdfast.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.property.Property;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordStateTest {

    @Test
    void aRecordIsAbsentOrLiveOrATombstone() {
        Property.of("a record is one of three").tries(1_000).forAll(RecordGens.states(), state -> {
            int is = (state.absent() ? 1 : 0) + (state.live() ? 1 : 0) + (state.tombstone() ? 1 : 0);
            assertThat(is).isEqualTo(1);
        });
    }

    @Test
    void theNewestStampIsAboveAllOthersAndOneOfThem() {
        Property.of("the newest is the greatest").tries(1_000).forAll(RecordGens.states(), state -> {
            assertThat(state.cells().values())
                    .allSatisfy(cell -> assertThat(state.newestCell()).isGreaterThanOrEqualTo(cell.stamp()));
            assertThat(state.newest())
                    .isGreaterThanOrEqualTo(state.newestCell())
                    .isGreaterThanOrEqualTo(state.deleted());
            assertThat(state.newest()).isIn(state.newestCell(), state.deleted());
        });
    }

    @Test
    void anEditOfTheVeryStampOfTheDeletionDoesNotBringBack() {
        assertThat(written(5, new Stamp(5, 1)).tombstone()).isTrue();
        assertThat(written(6, new Stamp(5, 1)).live()).isTrue();
        assertThat(written(4, new Stamp(5, 1)).tombstone()).isTrue();
        assertThat(written(4, Stamp.NONE).live()).isTrue();
    }

    @Test
    void aFieldThatWasNeverWrittenIsNothing() {
        RecordState state = written(4, Stamp.NONE);
        assertThat(state.cell("a"))
                .isEqualTo(Optional.ofNullable(state.cells().get("a")))
                .isPresent();
        assertThat(state.cell("b")).isEmpty();
        assertThat(state.value("b")).isEqualTo(Value.NULL);
        assertThat(state.stamp("b")).isEqualTo(Stamp.NONE);
        assertThat(state.value("a")).isEqualTo(new Value.Int(1));
        assertThat(state.stamp("a")).isEqualTo(new Stamp(4, 1));
    }

    @Test
    void cannotBeChangedFromOutside() {
        TreeMap<String, Cell> cells = new TreeMap<>();
        RecordState state = new RecordState(cells, Stamp.NONE);
        cells.put("a", new Cell(Value.NULL, new Stamp(1, 1)));
        assertThat(state.absent()).isTrue();
    }

    private static RecordState written(long time, Stamp deleted) {
        return new RecordState(new TreeMap<>(Map.of("a", new Cell(new Value.Int(1), new Stamp(time, 1)))), deleted);
    }
}
