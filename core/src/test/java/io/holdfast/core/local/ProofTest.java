package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Work;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.protocol.RegisterAnswer;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the three levels of proof find, and what is repaired. */
class ProofTest {

    private static final String NONCE = "00112233445566778899aabbccddeeff";

    private final Plot plot = new Plot();
    private final Gardener ada = new Gardener(plot, "ada", 1);
    private final Gardener bob = new Gardener(plot, "bob", 2);

    @BeforeEach
    void threePlantsEverywhere() {
        for (int plant = 1; plant <= 3; plant++) {
            ada.put(plant, Plot.named("rose"));
        }
        ada.level();
        bob.level();
    }

    @Test
    void equalRecordsAreProvenAtEveryLevel() {
        assertThat(scrub(false)).isEmpty();
        assertThat(challenge()).isEmpty();
        for (Proof.Level level : Proof.Level.values()) {
            Proof proof = ada.proof(level);
            assertThat(proof.equal()).as("%s", level).isTrue();
            assertThat(proof.records()).isEqualTo(3);
            assertThat(proof.sequence()).isEqualTo(3);
            assertThat(proof.atMillis()).isLessThanOrEqualTo(ada.now());
        }
    }

    @Test
    void aScrubFindsRowsThatAreNotWhatTheirDigestsSay() {
        damage(ada, 2, renamed("moss"));
        ada.exchange();
        assertThat(ada.proof(Proof.Level.L0).equal()).as("stored digests").isTrue();
        assertThat(scrub(false)).containsExactly(Plot.plant(2));
        assertThat(ada.proof(Proof.Level.L1).equal()).isFalse();
        assertThat(scrub(false)).as("looking changes nothing").containsExactly(Plot.plant(2));
    }

    @Test
    void aScrubThatRepairsLetsTheNextExchangeFetchTheServersRow() {
        damage(ada, 2, renamed("moss"));
        assertThat(scrub(true)).containsExactly(Plot.plant(2));
        assertThat(scrub(false)).isEmpty();
        ada.level();
        assertThat(ada.visible(2).value("name")).isEqualTo(new Value.Text("rose"));
        assertThat(ada.proof(Proof.Level.L0).equal()).isTrue();
        assertThat(ada.history()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(HistoryEntry.Kind.REPAIRED);
            assertThat(entry.lost().value("name")).isEqualTo(new Value.Text("moss"));
            assertThat(entry.stands().value("name")).isEqualTo(new Value.Text("rose"));
        });
    }

    @Test
    void aScrubFindsARowThatAnotherProgramMade() {
        RecordState made = ada.visible(1);
        ada.change(transaction -> {
            LocalRecord nothing = LocalRecord.absent(Plot.plant(9));
            transaction.save(nothing, nothing, made);
        });
        assertThat(scrub(false)).containsExactly(Plot.plant(9));
        assertThat(ada.proof(Proof.Level.L1).equal()).isFalse();
        assertThat(gap().state()).isEqualTo(Gap.State.OPEN);
        assertThat(ada.visible(9).live()).as("looking changes nothing").isTrue();
        assertThat(scrub(true)).containsExactly(Plot.plant(9));
        assertThat(ada.visible(9).live()).isFalse();
        assertThat(gap().kind()).isEqualTo(Gap.Kind.ROW_UNKNOWN);
        assertThat(gap().state()).isEqualTo(Gap.State.REPAIRED);
        assertThat(gap().here().value("name")).isEqualTo(new Value.Text("rose"));
        assertThat(scrub(false)).isEmpty();
        assertThat(ada.proof(Proof.Level.L1).equal()).isTrue();
    }

    @Test
    void aRowOfAnUnsentRecordIsNoRowOfAnotherProgram() {
        ada.put(9, Plot.named("unsent"));
        assertThat(scrub(true)).isEmpty();
        assertThat(ada.visible(9).live()).isTrue();
    }

    private Gap gap() {
        List<Gap> gaps = new ArrayList<>();
        ada.change(transaction -> gaps.addAll(transaction.trail().gaps(false, Long.MAX_VALUE, 1)));
        return gaps.getFirst();
    }

    @Test
    void aScrubSeesThatTheRootPartedFromItsRecords() {
        ada.change(transaction -> transaction.root(transaction.root().plus(new Digest(1, 2, 3, 4))));
        assertThat(scrub(false)).isEmpty();
        assertThat(ada.proof(Proof.Level.L1).equal()).isFalse();
        scrub(true);
        scrub(false);
        assertThat(ada.proof(Proof.Level.L1).equal()).isTrue();
    }

    @Test
    void aStoreThatNeverRegisteredHasNothingToCompare() {
        Gardener fresh = new Gardener(plot, "fresh", 3);
        fresh.put(1, Plot.named("moss"));
        Scrub scrub = new Scrub(Plot.ALL);
        fresh.change(transaction -> assertThat(scrub.settle(transaction, scrub.look(transaction), true, fresh.now()))
                .isEmpty());
        assertThat(fresh.device().proofs()).isEmpty();
        fresh.change(transaction -> assertThatThrownBy(() -> new Comparison(Plot.ALL, transaction, "", 0))
                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void aChallengeFindsDamageOnEitherSideAndReplacesNothingHere() {
        damage(ada, 1, renamed("moss"));
        plot.storage()
                .damage(
                        Plot.SCOPE,
                        Plot.plant(3),
                        renamed("fern").apply(ada.record(3).confirmed()));
        assertThat(challenge()).containsExactlyInAnyOrder(Plot.plant(1), Plot.plant(3));
        assertThat(ada.proof(Proof.Level.L2).equal()).isFalse();
        assertThat(ada.visible(1).value("name")).isEqualTo(new Value.Text("moss"));
        assertThat(ada.history()).isEmpty();
    }

    @Test
    void aChallengeFindsARowThatTheServerNeverHad() {
        invent(ada, 9);
        assertThat(challenge()).containsExactly(Plot.plant(9));
        assertThat(ada.record(9).confirmed().live()).isTrue();
    }

    @Test
    void aRecordLostHereIsFetchedAgain() {
        ada.change(transaction -> {
            LocalRecord record = transaction.record(Plot.plant(2));
            transaction.root(transaction.root().minus(record.digest()));
            transaction.save(record, LocalRecord.absent(record.key()), RecordState.ABSENT);
        });
        ada.level();
        assertThat(ada.visible(2).value("name")).isEqualTo(new Value.Text("rose"));
    }

    @Test
    void aRecordThatTheServerNeverHadIsOfferedToIt() {
        invent(ada, 9);
        ada.level();
        bob.level();
        assertThat(bob.visible(9).value("name")).isEqualTo(new Value.Text("found"));
        assertThat(ada.account().made())
                .as("an offer is no change of this device")
                .isEqualTo(3);
    }

    @Test
    void aRecordThatIsDeadHereAndUnknownThereIsNoGap() {
        ada.delete(2);
        ada.level();
        bob.level();
        assertThat(challenge()).isEmpty();
        assertThat(ada.proof(Proof.Level.L2).records()).isEqualTo(2);
    }

    @Test
    void unsentEditsAreNoDamage() {
        ada.put(1, Plot.named("moss"));
        assertThat(challenge()).isEmpty();
        assertThat(scrub(false)).isEmpty();
        assertThat(ada.account().in(ChangeState.PENDING)).isEqualTo(1);
    }

    @Test
    void anotherKeyOfTheScopeGivesEveryRecordAnotherDigest() {
        DigestSum before = ada.storage.read(LocalTransaction::root);
        ScopeKey other = ScopeKey.parse("07".repeat(ScopeKey.LENGTH));
        ada.change(transaction ->
                new Absorption(Plot.ALL, transaction, ada.now()).registered(new RegisterAnswer(1, other, ada.now())));
        assertThat(ada.storage.<DigestSum>read(LocalTransaction::root)).isNotEqualTo(before);
        assertThat(scrub(false)).isEmpty();
        assertThat(ada.proof(Proof.Level.L1).equal()).isTrue();
        assertThat(ada.proof(Proof.Level.L1).records()).isEqualTo(3);
    }

    private List<RecordKey> scrub(boolean repair) {
        List<RecordKey> damaged = new ArrayList<>();
        Scrub scrub = new Scrub(Plot.ALL);
        ada.change(
                transaction -> damaged.addAll(scrub.settle(transaction, scrub.look(transaction), repair, ada.now())));
        return damaged;
    }

    private List<RecordKey> challenge() {
        Outcome.NodesCompared nodes = (Outcome.NodesCompared) ada.say(new Work.CompareNodes(NONCE));
        if (nodes.leaves().isEmpty()) {
            return List.of();
        }
        return ((Outcome.LeavesCompared) ada.say(new Work.CompareLeaves(NONCE, nodes.leaves()))).gaps();
    }

    private static UnaryOperator<RecordState> renamed(String name) {
        return state -> {
            TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
            cells.put("name", new Cell(new Value.Text(name), state.stamp("name")));
            return new RecordState(cells, state.deleted());
        };
    }

    /** Changes a row as another program would: its digest stays. */
    private static void damage(Gardener gardener, int plant, UnaryOperator<RecordState> how) {
        gardener.change(transaction -> {
            LocalRecord record = transaction.record(Plot.plant(plant));
            RecordState damaged = how.apply(record.confirmed());
            transaction.save(
                    record,
                    record.withConfirmed(damaged, record.sequence(), record.digest(), record.bucket()),
                    damaged);
        });
    }

    /** Puts a record into the store that looks confirmed. */
    private static void invent(Gardener gardener, int plant) {
        gardener.change(transaction -> {
            Confirmer confirmer = new Absorption(Plot.ALL, transaction, 0).confirmer();
            TreeMap<String, Cell> cells = new TreeMap<>();
            cells.put("name", new Cell(new Value.Text("found"), new Stamp(1, 9)));
            confirmer.confirm(transaction.record(Plot.plant(plant)), new RecordState(cells, Stamp.NONE), 1);
            confirmer.finish();
        });
    }
}
