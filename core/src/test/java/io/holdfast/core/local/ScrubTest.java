package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store finds when it looks at its own rows, and what it mends without its server. */
class ScrubTest {

    private final Plot plot = new Plot();
    private final Gardener ada = new Gardener(plot, "ada", 1);

    @BeforeEach
    void twoPlants() {
        ada.put(1, Plot.named("rose"));
        ada.put(2, Plot.named("fern"));
        ada.level();
    }

    @Test
    void aStaleDigestIsComputedAnewFromItsRow() {
        ada.change(transaction -> {
            LocalRecord record = transaction.record(Plot.plant(1));
            transaction.save(
                    record,
                    record.withConfirmed(
                            record.confirmed(), record.sequence(), new Digest(1, 2, 3, 4), record.bucket()));
        });
        scrub(false);
        assertThat(gap().state()).isEqualTo(Gap.State.OPEN);
        scrub(true);
        assertThat(gap().kind()).isEqualTo(Gap.Kind.DIGEST_STALE);
        assertThat(gap().state()).isEqualTo(Gap.State.REPAIRED);
        assertSound();
    }

    @Test
    void whatReadersSeeIsWrittenAgainFromWhatStandsBesideIt() {
        RecordState other = ada.visible(2);
        show(1, other);
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text("fern"));
        scrub(false);
        assertThat(gap().state()).isEqualTo(Gap.State.OPEN);
        scrub(true);
        assertThat(gap().kind()).isEqualTo(Gap.Kind.ROW_CHANGED);
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text("rose"));
        assertSound();
    }

    @Test
    void aRowThatReadersMissIsWrittenAgain() {
        show(1, RecordState.ABSENT);
        scrub(true);
        assertThat(gap().kind()).isEqualTo(Gap.Kind.ROW_MISSING);
        assertThat(gap().state()).isEqualTo(Gap.State.REPAIRED);
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text("rose"));
        assertSound();
    }

    @Test
    void whatReadersSeeOfAnUnsentRecordIsWrittenAgainToo() {
        ada.put(3, Plot.named("moss"));
        show(3, ada.visible(2));
        scrub(true);
        assertThat(gap().kind()).isEqualTo(Gap.Kind.ROW_CHANGED);
        assertThat(ada.visible(3).value("name")).isEqualTo(new Value.Text("moss"));
        show(3, RecordState.ABSENT);
        scrub(true);
        assertThat(ada.visible(3).value("name")).isEqualTo(new Value.Text("moss"));
        ada.level();
        assertSound();
    }

    @Test
    void aRebuiltStoreDropsWhatIsDamagedAndFetchesItAgain() {
        ada.put(2, Plot.named("moss"));
        RecordState alone = ada.visible(2);
        ada.change(transaction -> {
            damage(transaction, 1);
            damage(transaction, 2);
            LocalRecord nothing = LocalRecord.absent(Plot.plant(9));
            transaction.save(nothing, nothing, alone);
            Scrub scrub = new Scrub(Plot.ALL);
            scrub.drop(transaction, scrub.look(transaction));
        });
        assertThat(ada.visible(1).live()).isFalse();
        assertThat(ada.visible(2).value("name")).as("an unsent change").isEqualTo(new Value.Text("moss"));
        assertThat(ada.visible(9).live()).as("a row that stands alone").isTrue();
        ada.level();
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text("rose"));
        assertThat(ada.visible(2).value("name")).isEqualTo(new Value.Text("moss"));
        assertThat(ada.proof(Proof.Level.L0).equal()).isTrue();
    }

    /** The confirmed values are no longer what their digest says. */
    private static void damage(LocalTransaction transaction, int plant) {
        LocalRecord record = transaction.record(Plot.plant(plant));
        RecordState damaged = new RecordState(
                record.confirmed().cells().mapped((name, cell) -> new Cell(new Value.Text("x"), cell.stamp())),
                record.confirmed().deleted());
        LocalRecord after = record.withConfirmed(damaged, record.sequence(), record.digest(), record.bucket());
        transaction.save(record, after);
    }

    /** Another program changes what readers see of a record, and nothing else. */
    private void show(int plant, RecordState state) {
        ada.change(transaction -> {
            LocalRecord record = transaction.record(Plot.plant(plant));
            transaction.save(record, record, state);
        });
    }

    private void scrub(boolean repair) {
        Scrub scrub = new Scrub(Plot.ALL);
        ada.change(transaction -> scrub.settle(transaction, scrub.look(transaction), repair, ada.now()));
    }

    private void assertSound() {
        scrub(false);
        assertThat(ada.proof(Proof.Level.L1).equal()).isTrue();
        ada.level();
        assertThat(ada.proof(Proof.Level.L0).equal()).isTrue();
    }

    private Gap gap() {
        List<Gap> gaps = new ArrayList<>();
        ada.change(transaction -> gaps.addAll(transaction.trail().gaps(false, Long.MAX_VALUE, 1)));
        return gaps.getFirst();
    }
}
