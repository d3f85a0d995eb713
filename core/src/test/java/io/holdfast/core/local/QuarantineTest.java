package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Work;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private final Plot plot = new Plot();
    private final Gardener ada = new Gardener(plot, "ada", 1);

    @BeforeEach
    void aRecordThatTheServerKnows() {
        ada.put(1, Plot.named("rose"));
        ada.level();
    }

    @Test
    void aRefusedChangeStaysVisibleWithItsReason() {
        ada.put(1, Plot.named(Plot.WEED));
        ada.level();
        Layer refused = ada.record(1).layer(Layer.State.QUARANTINED).orElseThrow();
        assertThat(refused.refusal().orElseThrow().code()).isEqualTo(ErrorCode.RULE_REFUSED);
        assertThat(refused.refusal().orElseThrow().field()).isEqualTo("name");
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text(Plot.WEED));
        assertThat(ada.record(1).confirmed().value("name")).isEqualTo(new Value.Text("rose"));
    }

    @Test
    void oneRefusedChangeDoesNotHoldUpTheOthers() {
        ada.put(2, Plot.named(Plot.WEED));
        ada.put(3, Plot.named("fern"));
        ada.level();
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isEqualTo(1);
        assertThat(ada.record(3).clean()).isTrue();
    }

    @Test
    void aTransactionIsRefusedRetriedAndDiscardedAsOne() {
        weedAndFern();
        ada.level();
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isEqualTo(2);
        assertThat(ada.record(2)
                        .layer(Layer.State.QUARANTINED)
                        .orElseThrow()
                        .refusal()
                        .orElseThrow()
                        .code())
                .isEqualTo(ErrorCode.GROUP_REFUSED);
        ada.change(transaction ->
                assertThat(ada.quarantine(transaction).retry(Plot.plant(2))).isEqualTo(2));
        assertThat(ada.account().in(ChangeState.PENDING)).isEqualTo(2);
        ada.level();
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isEqualTo(2);
        ada.change(transaction -> assertThat(
                        ada.quarantine(transaction).discard(Plot.plant(1), "Ada", "a weed", ada.now()))
                .isEqualTo(2));
        assertThat(ada.account().in(ChangeState.DISCARDED)).isEqualTo(2);
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text("rose"));
        assertThat(ada.visible(2).live()).isFalse();
        assertThat(ada.history()).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.kind()).isEqualTo(HistoryEntry.Kind.DISCARDED);
            assertThat(entry.resolution()).isEqualTo("discarded by Ada: a weed");
            assertThat(entry.atMillis()).isEqualTo(ada.now());
        });
    }

    private void weedAndFern() {
        ada.write(writer -> {
            writer.put(Plot.plant(1), Plot.named(Plot.WEED), LocalWriter.Check.NONE);
            writer.put(Plot.plant(2), Plot.named("fern"), LocalWriter.Check.NONE);
        });
    }

    @Test
    void mendingOneOfATransactionSendsAllOfIt() {
        weedAndFern();
        ada.level();
        ada.put(1, Plot.named("moss"));
        ada.level();
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isZero();
        assertThat(ada.record(1).clean()).isTrue();
        assertThat(ada.record(2).confirmed().value("name")).isEqualTo(new Value.Text("fern"));
    }

    @Test
    void anEditMadeWhileTheAnswerWasAwaitedIsTriedBeforeItIsBlamed() {
        ada.put(1, Plot.named(Plot.WEED));
        Outgoing sent = ada.prepare(new Work.Exchange());
        ada.put(1, Plot.named("moss"));
        ada.absorb(sent, ada.ask(sent));
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isZero();
        assertThat(ada.account().in(ChangeState.COALESCED)).isEqualTo(1);
        ada.level();
        assertThat(ada.record(1).confirmed().value("name")).isEqualTo(new Value.Text("moss"));
    }

    @Test
    void aRetriedChangeStandsOnWhatIsConfirmedNow() {
        ada.put(1, "price", Plot.number(1));
        ada.put(1, Plot.named(Plot.WEED));
        ada.level();
        Gardener bob = new Gardener(plot, "bob", 2);
        bob.level();
        bob.put(1, "price", Plot.number(5));
        bob.level();
        ada.level();
        ada.change(transaction -> ada.quarantine(transaction).retry(Plot.plant(1)));
        ada.put(1, Plot.named("moss"));
        ada.level();
        assertThat(ada.record(1).confirmed().value("price")).isEqualTo(new Value.Int(1));
        assertThat(ada.account().in(ChangeState.SUPERSEDED)).isZero();
    }

    @Test
    void whatIsNotRefusedCannotBeRetriedOrDiscarded() {
        ada.change(transaction -> {
            assertThatThrownBy(() -> ada.quarantine(transaction).retry(Plot.plant(1)))
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.RECORD_UNKNOWN));
            assertThatThrownBy(() -> ada.quarantine(transaction).discard(Plot.plant(9), "Ada", "none", 0))
                    .isInstanceOf(HoldfastException.class);
        });
    }

    @Test
    void aBatchThatCannotBeDividedTakesTheGroupOfALaterEditWithIt() {
        ada.put(1, Plot.named("moss"));
        ada.prepare(new Work.Exchange());
        weedAndFern();
        refuseBatch();
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isEqualTo(2);
        assertThat(ada.account().in(ChangeState.PENDING)).isZero();
        assertThat(ada.record(1).open()).isEmpty();
    }

    @Test
    void aBatchThatCannotBeDividedTakesTheEditAndNotTheOffer() {
        ada.put(1, "price", Plot.number(7));
        ada.prepare(new Work.Exchange());
        ada.change(transaction -> {
            Absorption absorption = new Absorption(Plot.ALL, transaction, ada.now());
            Confirmer confirmer = absorption.confirmer();
            confirmer.offer(transaction.record(Plot.plant(1)));
            confirmer.finish();
        });
        refuseBatch();
        assertThat(ada.record(1).layers().stream().map(layer -> layer.kind() + " " + layer.state()))
                .containsExactly("OFFER PENDING", "EDIT QUARANTINED");
    }

    @Test
    void withoutABatchThereIsNothingToRefuse() {
        ada.put(1, Plot.named("moss"));
        refuseBatch();
        assertThat(ada.account().in(ChangeState.PENDING)).isEqualTo(1);
    }

    private void refuseBatch() {
        Refusal why = new Refusal(ErrorCode.BODY_TOO_LARGE, "", "too large", ada.now());
        ada.change(transaction -> new Absorption(Plot.ALL, transaction, ada.now()).quarantineBatch(why));
    }

    @Test
    void aChangeOfAClockThatRanAheadIsDatedAnewAndNotQuarantined() {
        ada.aheadMillis = 10 * Limits.DRIFT_MILLIS_MAX;
        ada.put(1, Plot.named("moss"));
        Outgoing sent = ada.prepare(new Work.Exchange());
        ada.aheadMillis = 0;
        ada.absorb(sent, ada.ask(sent));
        assertThat(ada.account().in(ChangeState.PENDING)).isEqualTo(1);
        ada.level();
        assertThat(ada.record(1).confirmed().value("name")).isEqualTo(new Value.Text("moss"));
    }

    @Test
    void anEditOnAChangeOfAClockThatRanAheadIsDatedAnewWithIt() {
        ada.aheadMillis = 10 * Limits.DRIFT_MILLIS_MAX;
        ada.put(1, Plot.named("moss"));
        Outgoing sent = ada.prepare(new Work.Exchange());
        ada.put(1, Plot.named("fern"));
        ada.aheadMillis = 0;
        ada.absorb(sent, ada.ask(sent));
        ada.level();
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isZero();
        assertThat(ada.record(1).confirmed().value("name")).isEqualTo(new Value.Text("fern"));
        assertThat(ada.record(1).confirmed().newest().millis()).isLessThanOrEqualTo(plot.nowMillis);
    }
}
