package io.holdfast.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueGens;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordMergeTest {

    private static final CollectionSchema SCHEMA =
            SchemaJson.read("""
                    { "name": "s", "version": 1, "collections": { "c": { "fields": {
                        "last": {"type": "TEXT"}, "most": {"type": "INTEGER", "merge": "MAX"},
                        "least": {"type": "TEXT", "merge": "MIN"}, "count": {"type": "INTEGER", "merge": "COUNTER"},
                        "tags": {"type": "TEXT", "merge": "UNION"}, "server": {"type": "REAL", "merge": "SERVER"},
                        "review": {"type": "BOOLEAN", "merge": "REVIEW"}, "mood": {"type": "TEXT", "sensitivity": "PERSONAL"},
                        "key": {"type": "BYTES", "merge": "SERVER", "sensitivity": "SECRET"} } } } }
                    """).collection("c").orElseThrow();

    /** Few times and few incarnations, so that stamps often tie. */
    private static final Gen<Stamp> STAMPS = Gens.zip(Gens.longs(1, 6), ValueGens.incarnations(), Stamp::new);

    @Test
    void mergingIsCommutative() {
        Property.of("records merge in any order")
                .tries(5_000)
                .forAll(states(), states(), (a, b) -> assertThat(merge(a, b)).isEqualTo(merge(b, a)));
    }

    @Test
    void mergingIsAssociative() {
        Property.of("records merge in any grouping")
                .tries(10_000)
                .forAll(
                        states(),
                        states(),
                        states(),
                        (a, b, c) -> assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c))));
    }

    @Test
    void mergingIsIdempotent() {
        Property.of("records merge any number of times").tries(3_000).forAll(states(), states(), (a, b) -> {
            assertThat(merge(a, a)).isEqualTo(a);
            assertThat(merge(merge(a, b), b)).isEqualTo(merge(a, b));
            assertThat(merge(a, RecordState.ABSENT)).isEqualTo(a);
        });
    }

    @Test
    void replicasThatSawTheSameWritesAgreeWhateverTheOrder() {
        Property.of("any order of many states")
                .tries(500)
                .forAll(
                        states().list(1, 6).flatMap(list -> Gens.tuple(Gens.constant(list), Gens.permutations(list))),
                        both -> {
                            RecordState here = both.first().stream().reduce(RecordState.ABSENT, RecordMergeTest::merge);
                            RecordState there =
                                    both.second().stream().reduce(RecordState.ABSENT, RecordMergeTest::merge);
                            assertThat(here).isEqualTo(there);
                        });
    }

    @Test
    void stampsNeverGoBack() {
        Property.of("newest stamp is kept").tries(2_000).forAll(states(), states(), (a, b) -> {
            assertThat(merge(a, b).deleted()).isEqualTo(a.deleted().max(b.deleted()));
            assertThat(merge(a, b).newest()).isLessThanOrEqualTo(a.newest().max(b.newest()));
        });
    }

    @Test
    void aDeletionWipesPersonalFieldsForGoodAndKeepsTheRest() {
        RecordState written =
                state(Map.of("last", cell(new Value.Text("x"), 1), "mood", cell(new Value.Text("y"), 1)), Stamp.NONE);
        RecordState deleted = new RecordState(new TreeMap<>(), at(2));
        RecordState editedLater = state(Map.of("last", cell(new Value.Text("z"), 3)), Stamp.NONE);

        RecordState tombstone = merge(written, deleted);
        assertThat(tombstone.tombstone()).isTrue();
        assertThat(tombstone.value("last")).isEqualTo(new Value.Text("x"));
        assertThat(tombstone.value("mood")).isEqualTo(Value.NULL);

        RecordState revived = merge(merge(tombstone, editedLater), written);
        assertThat(revived.live()).isTrue();
        assertThat(revived.value("mood")).isEqualTo(Value.NULL);
    }

    @Test
    void aPersonalFieldWrittenAfterTheDeletionStays() {
        RecordState deleted = new RecordState(new TreeMap<>(), at(2));
        RecordState written = state(Map.of("mood", cell(new Value.Text("y"), 3)), Stamp.NONE);
        assertThat(merge(written, deleted).value("mood")).isEqualTo(new Value.Text("y"));
        assertThat(merge(written, deleted).live()).isTrue();
    }

    @Test
    void aWriteOfTheVeryStampOfADeletionIsWipedWithIt() {
        RecordState deleted = new RecordState(new TreeMap<>(), at(2));
        RecordState written = state(Map.of("mood", cell(new Value.Text("y"), 2)), Stamp.NONE);
        assertThat(merge(written, deleted).value("mood")).isEqualTo(Value.NULL);
        assertThat(merge(written, deleted).tombstone()).isTrue();
    }

    @Test
    void theGreatestAndTheLeastStandWhateverTheirStamps() {
        RecordState early =
                state(Map.of("most", cell(new Value.Int(9), 1), "least", cell(new Value.Text("a"), 1)), Stamp.NONE);
        RecordState late =
                state(Map.of("most", cell(new Value.Int(3), 5), "least", cell(new Value.Text("b"), 5)), Stamp.NONE);
        assertThat(merge(early, late).value("most")).isEqualTo(new Value.Int(9));
        assertThat(merge(early, late).value("least")).isEqualTo(new Value.Text("a"));
    }

    @Test
    void countersOfUnknownFieldsAreMergedToo() {
        RecordState here = state(Map.of("newer", cell(CounterValue.zero(0).add(1, 2), 1)), Stamp.NONE);
        RecordState there = state(Map.of("newer", cell(CounterValue.zero(0).add(2, 3), 2)), Stamp.NONE);
        assertThat(((CounterValue) merge(here, there).value("newer")).sum()).isEqualTo(5);
    }

    private static RecordState merge(RecordState a, RecordState b) {
        return RecordMerge.merge(SCHEMA, a, b);
    }

    /** States as replicas hold them: what a deletion wipes is wiped. */
    private static Gen<RecordState> states() {
        Gen<Stamp> deletions = Gens.oneOf(Gens.constant(Stamp.NONE), STAMPS);
        return choices -> {
            TreeMap<String, Cell> cells = new TreeMap<>();
            put(cells, "last", Gens.texts(0, 2).map(Value.Text::new), choices);
            put(cells, "most", Gens.longs(-3, 3).map(Value.Int::new), choices);
            put(cells, "least", Gens.texts(0, 2).map(Value.Text::new), choices);
            put(cells, "server", Gens.doubles().map(Value.Real::new), choices);
            put(cells, "review", Gens.booleans().map(Value.Bool::new), choices);
            put(cells, "mood", Gens.texts(0, 2).map(Value.Text::new), choices);
            put(cells, "key", Gens.bytes(0, 2).map(Value.Bytes::new), choices);
            put(cells, "unknown", ValueGens.plain(), choices);
            put(cells, "count", ValueGens.counters(), choices);
            put(cells, "tags", ValueGens.sets(), choices);
            RecordState raw = new RecordState(cells, deletions.next(choices));
            return merge(raw, RecordState.ABSENT);
        };
    }

    private static void put(TreeMap<String, Cell> cells, String field, Gen<? extends Value> values, Choices choices) {
        switch (choices.index(4)) {
            case 0 -> {}
            case 1 -> cells.put(field, new Cell(Value.NULL, STAMPS.next(choices)));
            default -> cells.put(field, new Cell(values.next(choices), STAMPS.next(choices)));
        }
    }

    private static RecordState state(Map<String, Cell> cells, Stamp deleted) {
        return new RecordState(new TreeMap<>(cells), deleted);
    }

    private static Cell cell(Value value, long time) {
        return new Cell(value, at(time));
    }

    private static Stamp at(long time) {
        return new Stamp(time, 1);
    }
}
