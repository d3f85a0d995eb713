package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LocalWriterTest {

    private final Gardener ada = new Gardener(new Plot(), "ada", 1);

    @Test
    void whatIsAlreadySoMakesNoChange() {
        ada.put(1, Map.of("name", Plot.text("rose"), "height", Plot.number(5), "sown", Plot.number(3)));
        ada.put(1, Map.of("seeds", Plot.add(2), "tags", Plot.tags(Set.of("a"), Set.of())));
        for (Map<String, FieldEdit> same : List.<Map<String, FieldEdit>>of(
                Map.of(),
                Plot.named("rose"),
                Map.of("height", Plot.number(5)),
                Map.of("height", Plot.number(4)),
                Map.of("sown", Plot.number(3)),
                Map.of("sown", Plot.number(4)),
                Map.of("seeds", Plot.add(0)),
                Map.of("seeds", Plot.number(2)),
                Map.of("tags", Plot.tags(Set.of(), Set.of("b"))),
                Map.of("tags", new FieldEdit.Replace(Set.of("a"))),
                Map.of("price", Plot.cleared(), "verdict", Plot.cleared()))) {
            assertThat(ada.put(1, same)).as("%s", same).isZero();
        }
        assertThat(ada.delete(2)).as("what is not there").isZero();
        assertThat(ada.account().made()).isEqualTo(2);
    }

    @Test
    void onlyWhatChangedTravels() {
        ada.put(1, Map.of("name", Plot.text("rose"), "price", Plot.number(5)));
        ada.level();
        ada.put(1, Map.of("name", Plot.text("rose"), "price", Plot.number(6)));
        assertThat(ada.record(1).open().orElseThrow().edit().cells().keySet()).containsExactly("price");
    }

    @Test
    void anExtremeMovesOneWay() {
        ada.put(1, Map.of("height", Plot.number(5), "sown", Plot.number(5)));
        assertThat(ada.put(1, Map.of("height", Plot.number(6), "sown", Plot.number(6))))
                .isEqualTo(1);
        assertThat(ada.visible(1).value("height")).isEqualTo(new Value.Int(6));
        assertThat(ada.visible(1).value("sown")).isEqualTo(new Value.Int(5));
    }

    @Test
    void aCounterIsSetByTheDifference() {
        ada.put(1, "seeds", Plot.number(7));
        ada.put(1, "seeds", Plot.add(-10));
        assertThat(sum(1)).isEqualTo(-3);
        ada.put(1, "seeds", Plot.number(4));
        assertThat(sum(1)).isEqualTo(4);
        assertThat(((CounterValue) ada.visible(1).value("seeds")).totals().get(1L))
                .isEqualTo(new CounterValue.Total(14, 10));
    }

    @Test
    void aDecimalCounterCountsItsLastDigits() {
        RecordKey price = new RecordKey("prices", "1");
        FieldEdit assigned = new FieldEdit.Assign(new Value.Decimal(new BigDecimal("1.50")));
        ada.write(writer -> writer.put(price, Map.of("amount", assigned), LocalWriter.Check.NONE));
        CounterValue counter = (CounterValue) ada.storage.visible(price).value("amount");
        assertThat(counter.sum()).isEqualTo(150);
        assertThat(counter.scale()).isEqualTo(2);
    }

    @Test
    void aUnionTakesAddAndRemoveAndAnElementInBothIsAdded() {
        ada.put(1, "tags", Plot.tags(Set.of("a", "b"), Set.of()));
        ada.put(1, "tags", Plot.tags(Set.of("b", "c"), Set.of("a", "b")));
        assertThat(((SetValue) ada.visible(1).value("tags")).members()).containsExactly("b", "c");
        ada.put(1, "tags", new FieldEdit.Replace(Set.of("c", "d")));
        assertThat(((SetValue) ada.visible(1).value("tags")).members()).containsExactly("c", "d");
    }

    @Test
    void refusesAValueOfAnotherTypeThoughItWouldNotMoveTheExtreme() {
        ada.put(1, "height", Plot.number(3));
        ada.put(1, "sown", Plot.number(3));
        for (Value other : List.of(new Value.Text("x"), new Value.Bool(false), new Value.Real(1), new Value.Time(9))) {
            assertRefused(ErrorCode.FIELD_TYPE, Map.of("height", new FieldEdit.Assign(other)));
            assertRefused(ErrorCode.FIELD_TYPE, Map.of("sown", new FieldEdit.Assign(other)));
        }
        ada.put(1, "height", Plot.number(2));
        assertThat(ada.visible(1).value("height")).isEqualTo(new Value.Int(3));
    }

    @Test
    void refusesWhatAFieldCannotTake() {
        ada.put(1, Map.of("height", Plot.number(1), "seeds", Plot.add(1), "tags", Plot.tags(Set.of("a"), Set.of())));
        assertRefused(ErrorCode.FIELD_UNKNOWN, Map.of("color", Plot.text("red")));
        assertRefused(ErrorCode.FIELD_OPERATION, Map.of("name", Plot.add(1)));
        assertRefused(ErrorCode.FIELD_OPERATION, Map.of("name", Plot.tags(Set.of("a"), Set.of())));
        assertRefused(ErrorCode.FIELD_OPERATION, Map.of("name", new FieldEdit.Replace(Set.of("a"))));
        assertRefused(ErrorCode.FIELD_OPERATION, Map.of("tags", Plot.text("a")));
        for (String kept : List.of("height", "seeds", "tags")) {
            assertRefused(ErrorCode.FIELD_OPERATION, Map.of(kept, Plot.cleared()));
        }
        assertRefused(ErrorCode.FIELD_TYPE, Map.of("seeds", Plot.text("many")));
        assertRefused(ErrorCode.FIELD_RANGE, Map.of("seeds", Plot.add(Long.MAX_VALUE)));
        assertRefused(ErrorCode.FIELD_RANGE, Map.of("seeds", Plot.number(Long.MIN_VALUE)));
        assertRefused(
                ErrorCode.COLLECTION_UNKNOWN,
                () -> ada.write(
                        writer -> writer.put(new RecordKey("weeds", "1"), Plot.named("rose"), LocalWriter.Check.NONE)));
        assertThat(ada.account().made()).isEqualTo(1);
    }

    @Test
    void clearingWhatHoldsNothingChangesNothing() {
        ada.put(1, Plot.named("rose"));
        assertThat(ada.put(1, Map.of("height", Plot.cleared(), "seeds", Plot.cleared(), "tags", Plot.cleared())))
                .isZero();
    }

    @Test
    void aCheckSeesTheRecordAsItWouldBeAndMayRefuseIt() {
        ada.put(1, Plot.named("rose"));
        IllegalArgumentException refusal = new IllegalArgumentException("no");
        assertThatThrownBy(() -> ada.write(writer ->
                        writer.put(Plot.plant(1), Map.of("price", Plot.number(1)), (collection, key, visible) -> {
                            assertThat(collection).isEqualTo(Plot.PLANTS);
                            assertThat(key).isEqualTo(Plot.plant(1));
                            assertThat(visible.value("name")).isEqualTo(new Value.Text("rose"));
                            assertThat(visible.value("price")).isEqualTo(new Value.Int(1));
                            throw refusal;
                        })))
                .isSameAs(refusal);
        assertThat(ada.visible(1).value("price")).isEqualTo(Value.NULL);
    }

    @Test
    void aTransactionMakesOneChangeOfEachRecordItTouches() {
        int changes = ada.write(writer -> {
            for (int i = 0; i < 5; i++) {
                writer.put(Plot.plant(1), Map.of("price", Plot.number(i)), LocalWriter.Check.NONE);
            }
            writer.put(Plot.plant(2), Plot.named("fern"), LocalWriter.Check.NONE);
            assertThat(writer.changed()).containsExactly(Plot.plant(1), Plot.plant(2));
        });
        assertThat(changes).isEqualTo(2);
        assertThat(ada.account().made()).isEqualTo(2);
        assertThat(ada.account().in(ChangeState.PENDING)).isEqualTo(2);
        assertThat(ada.record(1).open().orElseThrow().edits()).isEqualTo(1);
    }

    @Test
    void transactionsThatShareARecordBecomeOneGroup() {
        names("rose", 1, 2);
        names("fern", 3, 4);
        assertThat(group(1)).isEqualTo(group(2)).isNotZero().isNotEqualTo(group(3));
        names("moss", 2, 3);
        assertThat(List.of(group(2), group(3), group(4))).containsOnly(group(1));
        ada.put(5, Plot.named("rose"));
        assertThat(group(5)).as("a change of its own").isZero();
    }

    @Test
    void aGroupThatWouldOutgrowABatchIsFrozenFirst() {
        ada.exchange();
        ada.exchange();
        int half = Limits.TRANSACTION_CHANGES_MAX;
        names("rose", IntStream.range(0, half).toArray());
        names(
                "fern",
                IntStream.concat(IntStream.range(0, 1), IntStream.range(half, 2 * half - 1))
                        .toArray());
        assertThat(ada.storage.<Integer>read(LocalTransaction::frozenCount))
                .as("together they fit")
                .isZero();
        names("moss", 0, 2 * half);
        assertThat(ada.storage.<Integer>read(LocalTransaction::frozenCount))
                .as("three do not")
                .isEqualTo(1);
        assertThat(ada.record(0).layers()).hasSize(2);
    }

    @Test
    void aTransactionEndsAtItsLimit() {
        int most = Limits.TRANSACTION_CHANGES_MAX;
        assertThat(names("rose", IntStream.range(0, most).toArray())).isEqualTo(most);
        assertRefused(
                ErrorCode.TRANSACTION_TOO_LARGE,
                () -> names("fern", IntStream.range(0, most + 1).toArray()));
        assertThat(ada.account().made()).isEqualTo(most);
    }

    @Test
    void aTransactionOfSeveralRecordsEndsAtItsBytes() {
        String long1 = "x".repeat(Limits.TRANSACTION_BYTES_MAX / 4);
        assertThat(names(long1, 1)).isEqualTo(1);
        assertThat(names(long1 + long1, 2)).as("one record alone").isEqualTo(1);
        assertRefused(ErrorCode.TRANSACTION_TOO_LARGE, () -> names(long1, 3, 4));
    }

    @Test
    void editingARefusedChangeSendsItAgain() {
        ada.put(1, Plot.named(Plot.WEED));
        ada.level();
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isEqualTo(1);
        ada.put(1, Plot.named("rose"));
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isZero();
        ada.level();
        assertThat(ada.account().in(ChangeState.ACCEPTED)).isEqualTo(1);
        assertThat(ada.record(1).clean()).isTrue();
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text("rose"));
    }

    private int names(String name, int... plants) {
        return ada.write(writer -> IntStream.of(plants)
                .forEach(plant -> writer.put(Plot.plant(plant), Plot.named(name), LocalWriter.Check.NONE)));
    }

    private long group(int plant) {
        return ada.record(plant).open().orElseThrow().group();
    }

    private long sum(int plant) {
        return ((CounterValue) ada.visible(plant).value("seeds")).sum();
    }

    private void assertRefused(ErrorCode code, Map<String, FieldEdit> edits) {
        assertRefused(code, () -> ada.put(1, edits));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
