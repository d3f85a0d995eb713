package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a row written by another program comes to. */
class ForeignFoldTest {

    private static final RecordKey NOTE = new RecordKey("notes", "n1");
    private static final long NOW = 2_000_000;
    private static final long OWN = 77;
    private static final Stamp EARLIER = new Stamp(HybridTime.ofMillis(1_000_000), 5);

    private static final CollectionSchema NOTES = CollectionSchema.of(
            "notes",
            List.of(
                    Field.of("text", Simple.TEXT),
                    Field.of("doc", Simple.JSON),
                    Field.of("views", Simple.INTEGER).withMerge(MergeRule.COUNTER),
                    Field.of("paid", new FieldType.Decimal(10, 2)).withMerge(MergeRule.COUNTER),
                    Field.of("tags", Simple.TEXT).withMerge(MergeRule.UNION)),
            List.of());

    private static RecordState record(Map<String, Value> values) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        values.forEach((name, value) -> cells.put(name, new Cell(value, EARLIER)));
        return new RecordState(cells, Stamp.NONE);
    }

    private static ForeignRow row(Map<String, Value> values) {
        return new ForeignRow(NOTE, Optional.of(new TreeMap<>(values)), Set.of(), "UPDATE");
    }

    private static ForeignFold.Outcome fold(RecordState believed, ForeignRow row) {
        return new ForeignFold(NOTES, believed, row, NOW, OWN).outcome();
    }

    private static RecordState edit(RecordState believed, Map<String, Value> values) {
        assertThat(fold(believed, row(values))).isInstanceOf(ForeignFold.Edit.class);
        return ((ForeignFold.Edit) fold(believed, row(values))).edit();
    }

    private static void unfit(String field, Value shown) {
        assertThat(fold(RecordState.ABSENT, row(Map.of(field, shown))))
                .satisfies(outcome -> assertThat(outcome).isInstanceOfSatisfying(ForeignFold.Unfit.class, unfit -> {
                    assertThat(unfit.violation().code()).isEqualTo(ErrorCode.FIELD_TYPE);
                    assertThat(unfit.violation().field()).isEqualTo(field);
                }));
    }

    @Test
    void whatDiffersGetsAStampOfTheServersAboveAllOfTheRecord() {
        RecordState believed = record(Map.of("text", new Value.Text("old"), "doc", new Value.Json("1")));
        RecordState edit = edit(believed, Map.of("text", new Value.Text("new"), "doc", new Value.Json(" 1 ")));
        assertThat(edit.cells()).containsOnlyKeys("text");
        assertThat(edit.value("text")).isEqualTo(new Value.Text("new"));
        assertThat(edit.newest()).isGreaterThan(believed.newest());
        assertThat(edit.newest().millis()).isEqualTo(NOW);
    }

    @Test
    void aRowThatIsGoneDeletesARecordOnce() {
        ForeignRow gone = new ForeignRow(NOTE, Optional.empty(), Set.of(), "DELETE");
        RecordState live = record(Map.of("text", new Value.Text("old")));
        assertThat(fold(live, gone))
                .isInstanceOfSatisfying(
                        ForeignFold.Edit.class,
                        edit -> assertThat(edit.edit().deleted()).isGreaterThan(live.newest()));
        assertThat(fold(RecordState.ABSENT, gone)).isEqualTo(new ForeignFold.Edit(RecordState.ABSENT));
    }

    @Test
    void aRowThatComesBackBringsEveryValueItShows() {
        RecordState deleted =
                new RecordState(record(Map.of("text", new Value.Text("old"))).cells(), EARLIER);
        assertThat(edit(deleted, Map.of("text", new Value.Text("old"), "doc", Value.NULL))
                        .cells())
                .containsOnlyKeys("text");
    }

    @Test
    void aRowOfNothingButAnIdIsARecordToo() {
        assertThat(edit(RecordState.ABSENT, Map.of("text", Value.NULL)).cells()).containsOnlyKeys("text");
    }

    @Test
    void ofACounterTheDifferenceIsCountedUnderTheServersOwnKey() {
        CounterValue before = CounterValue.zero(0).add(3, 10);
        Property.of("shown sums").tries(300).forAll(Gens.ints(-1_000, 1_000), shown -> {
            RecordState edit = edit(record(Map.of("views", before)), Map.of("views", new Value.Int(shown)));
            Value after = shown == 10 ? before : edit.value("views");
            assertThat(after).isInstanceOfSatisfying(CounterValue.class, counter -> {
                assertThat(counter.sum()).isEqualTo((long) shown);
                assertThat(counter.totals().get(3L)).isEqualTo(before.totals().get(3L));
            });
        });
        assertThat(edit(RecordState.ABSENT, Map.of("paid", new Value.Decimal(new BigDecimal("1.25"))))
                        .value("paid"))
                .isEqualTo(CounterValue.zero(2).add(OWN, 125));
        assertThat(edit(record(Map.of("views", before)), Map.of("views", Value.NULL))
                        .value("views"))
                .isInstanceOfSatisfying(
                        CounterValue.class, counter -> assertThat(counter.sum()).isZero());
    }

    @Test
    void ofASetWhatCameIsAddedAndWhatWentRemoved() {
        SetValue before = SetValue.EMPTY.add("a", 3, 10).add("b", 3, 11);
        RecordState edit = edit(record(Map.of("tags", before)), Map.of("tags", new Value.Text("[\"b\",\"c\"]")));
        assertThat(edit.value("tags"))
                .isInstanceOfSatisfying(
                        SetValue.class, set -> assertThat(set.members()).containsExactly("b", "c"));
        assertThat(edit(record(Map.of("tags", before)), Map.of("tags", Value.NULL))
                        .value("tags"))
                .isInstanceOfSatisfying(
                        SetValue.class, set -> assertThat(set.members()).isEmpty());
    }

    @Test
    void whatNeverWasAndIsNotShownStaysAsItIs() {
        RecordState believed = record(Map.of("text", new Value.Text("old")));
        assertThat(edit(believed, Map.of("views", Value.NULL, "tags", Value.NULL))
                        .absent())
                .isTrue();
    }

    @Test
    void refusesWhatAFieldCannotHold() {
        unfit("views", new Value.Text("many"));
        unfit("paid", new Value.Decimal(new BigDecimal("0.001")));
        unfit("tags", new Value.Text("{}"));
        unfit("tags", new Value.Text("[1]"));
        unfit("tags", new Value.Text("["));
        unfit("doc", new Value.Json("{"));
    }

    @Test
    void refusesColumnsThatCannotBeReadAndIdsThatNoRecordHas() {
        ForeignRow unreadable = new ForeignRow(NOTE, Optional.of(new TreeMap<>()), Set.of("views", "paid"), "INSERT");
        assertThat(fold(RecordState.ABSENT, unreadable))
                .isInstanceOfSatisfying(
                        ForeignFold.Unfit.class,
                        unfit -> assertThat(unfit.violation().field()).isEqualTo("paid"));
        ForeignRow nameless =
                new ForeignRow(new RecordKey("notes", ""), Optional.of(new TreeMap<>()), Set.of(), "INSERT");
        assertThat(fold(RecordState.ABSENT, nameless)).isInstanceOf(ForeignFold.Unfit.class);
    }
}
