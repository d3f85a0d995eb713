package io.holdfast.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    @Test
    void everyStateReadsBackWhole() {
        Property.of("states round-trip")
                .tries(2_000)
                .forAll(
                        RecordGens.states(),
                        state -> assertThat(StateCodec.decode(StateCodec.encode(state)))
                                .isEqualTo(state));
    }

    @Test
    void everyStateReadsBackFromItsColumnsAndWhatStoodBesideThem() {
        Property.of("states round-trip beside columns")
                .tries(2_000)
                .forAll(RecordGens.states(), Gens.pick("a", "amount", "é", "q").set(0, 3), (state, columns) -> {
                    byte[] meta = StateCodec.encode(state, columns);
                    assertThat(StateCodec.decode(meta, columns(state, columns))).isEqualTo(state);
                });
    }

    @Test
    void whatStandsInAColumnIsNotStoredTwice() {
        RecordState state = new RecordState(
                new TreeMap<>(Map.of(
                        "a", new Cell(new Value.Text("long text in a column"), new Stamp(2, 1)),
                        "b", new Cell(new Value.Text("older text in a column"), new Stamp(1, 1)))),
                Stamp.NONE);
        int fixed = 1 + 16 + 16 + 4;
        int exception = 4 + 1 + 16 + 1;
        assertThat(StateCodec.encode(state, Set.of("a", "b"))).hasSize(fixed + exception);
    }

    @Test
    void aColumnThatWasEmptiedBehindTheStoreReadsAsCleared() {
        Cell older = new Cell(new Value.Text("x"), new Stamp(1, 1));
        RecordState state = new RecordState(
                new TreeMap<>(Map.of("a", older, "b", new Cell(new Value.Int(1), new Stamp(2, 1)))), Stamp.NONE);
        byte[] meta = StateCodec.encode(state, Set.of("a"));
        RecordState read = StateCodec.decode(meta, new TreeMap<>());
        assertThat(read.value("a")).isEqualTo(Value.NULL);
        assertThat(read.stamp("a")).isEqualTo(older.stamp());
    }

    @Test
    void aFormCutShortAnywhereIsRefused() {
        Property.of("no form can be cut short").tries(100).forAll(RecordGens.states(), state -> {
            byte[] whole = StateCodec.encode(state);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> StateCodec.decode(cut))
                        .as("the first %d of %d bytes", length, whole.length)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        });
    }

    @Test
    void bytesThatFollowAFormAreRefused() {
        Property.of("nothing follows a form").forAll(RecordGens.states(), state -> {
            byte[] whole = StateCodec.encode(state);
            assertThatThrownBy(() -> StateCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void damagedBytesAreRefusedOrReadAndNeverCrash() {
        Property.of("damaged forms never crash")
                .tries(3_000)
                .forAll(RecordGens.states(), Gens.longs(), Gens.ints(1, 255), (state, at, flip) -> {
                    byte[] bytes = StateCodec.encode(state);
                    bytes[Math.floorMod(at, bytes.length)] ^= flip.byteValue();
                    refusedOrRead(bytes);
                });
        Property.of("garbage is no state").tries(2_000).forAll(Gens.bytes(0, 60), StateCodecTest::refusedOrRead);
    }

    @Test
    void otherFormsAreRefused() {
        byte[] bytes = StateCodec.encode(RecordState.ABSENT);
        bytes[0] = 2;
        assertThatThrownBy(() -> StateCodec.decode(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("form");
    }

    private static void refusedOrRead(byte[] bytes) {
        try {
            RecordState read = StateCodec.decode(bytes);
            assertThat(StateCodec.decode(StateCodec.encode(read))).isEqualTo(read);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private static SortedMap<String, Value> columns(RecordState state, Set<String> names) {
        TreeMap<String, Value> columns = new TreeMap<>();
        names.stream()
                .filter(name -> !state.value(name).isNull())
                .forEach(name -> columns.put(name, state.value(name)));
        return columns;
    }
}
