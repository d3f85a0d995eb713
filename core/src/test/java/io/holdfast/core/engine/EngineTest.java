package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine does when all goes well, and when the two sides differ. */
class EngineTest {

    private static final RetryPolicy POLICY = RetryPolicy.defaults();
    private static final Work EXCHANGE = new Work.Exchange();

    @Test
    void beginsWithAnExchange() {
        Shell shell = new Shell(POLICY);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.CATCHING_UP);
        assertThat(shell.engine.underWay()).isFalse();
        assertThat(shell.tick()).containsExactly(new Effect.Prepare(EXCHANGE, 1, Limits.TRANSACTION_CHANGES_MAX));
        assertThat(shell.engine.underWay()).isTrue();
    }

    @Test
    void sendsWhatIsPreparedAndWaitsNoLongerThanTheTimeout() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.pass(5);
        assertThat(shell.prepared(0))
                .containsExactly(
                        new Effect.Send(shell.sent.orElseThrow()),
                        new Effect.WakeAt(shell.clockMillis + 30_000, 30_000));
    }

    @Test
    void freezesAheadOnlyBehindABatch() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        assertThat(shell.prepared(3)).last().isEqualTo(new Effect.FreezeAhead(Limits.TRANSACTION_CHANGES_MAX));
    }

    @Test
    void restsForAnIntervalOnceLevel() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.pass(7);
        List<Effect> last = shell.roundTrip(0, Shell.applied(true, true, false));
        assertThat(last).containsExactly(new Effect.WakeAt(shell.clockMillis + 60_000, 60_000));
        EngineStatus status = shell.engine.status();
        assertThat(status.phase()).isEqualTo(Phase.LEVEL);
        assertThat(status.wakeAtMillis()).isEqualTo(shell.clockMillis + 60_000);
        assertThat(status.lastExchangeMillis()).isEqualTo(shell.clockMillis);
        assertThat(status.last()).isEmpty();
        assertThat(shell.engine.underWay()).isFalse();
    }

    @Test
    void exchangesAgainAtTheIntervalAndNotBefore() {
        Shell shell = Shell.level();
        shell.pass(59_999);
        assertThat(shell.tick()).containsExactly(new Effect.WakeAt(shell.clockMillis + 1, 1));
        shell.pass(1);
        assertThat(shell.tick()).containsExactly(new Effect.Prepare(EXCHANGE, 2, Limits.TRANSACTION_CHANGES_MAX));
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.CATCHING_UP);
    }

    @ParameterizedTest
    @EnumSource(Event.Reason.class)
    void anyReasonEndsTheRest(Event.Reason reason) {
        Shell shell = Shell.level();
        assertThat(shell.want(reason)).hasSize(1).first().isInstanceOf(Effect.Prepare.class);
    }

    @Test
    void aReasonThatComesMeanwhileLeadsToOneMoreExchange() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.WRITE);
        assertThat(shell.want(Event.Reason.WRITE)).isEmpty();
        assertThat(shell.want(Event.Reason.HINT)).isEmpty();
        shell.roundTrip(1, Shell.applied(true, true, false));
        assertThat(shell.preparing).isPresent();
        shell.roundTrip(1, Shell.applied(true, true, false));
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void aReasonThatComesDuringAComparisonIsNotLost() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.WRITE);
        shell.roundTrip(0, Shell.applied(true, false, false));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareNodes(""));
        shell.want(Event.Reason.WRITE);
        shell.roundTrip(0, new Outcome.NodesCompared(new TreeSet<>()));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(EXCHANGE);
    }

    @Test
    void goesOnUntilAllIsPulledAndPushed() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.WRITE);
        shell.roundTrip(1, Shell.applied(false, true, false));
        shell.roundTrip(1, Shell.applied(true, true, true));
        shell.roundTrip(1, Shell.applied(true, true, false));
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void doesTheSameWorkOnceRegistered() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.HINT);
        shell.roundTrip(0, Shell.applied(true, false, false));
        shell.prepared(-1);
        shell.answered();
        shell.absorbed(new Outcome.Registered());
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareNodes(""));
    }

    @Test
    void exchangesAnewAfterWhateverTheServerRecognised() {
        List<Outcome> recognised = List.of(
                new Outcome.Unregistered(),
                new Outcome.Forked("r"),
                new Outcome.EpochChanged("2-e", 5),
                new Outcome.Behind());
        for (Outcome outcome : recognised) {
            Shell shell = Shell.level();
            shell.want(Event.Reason.HINT);
            shell.roundTrip(0, Shell.applied(true, false, false));
            shell.roundTrip(0, outcome);
            assertThat(shell.preparing.orElseThrow().work()).isEqualTo(EXCHANGE);
            assertThat(shell.engine.status().phase()).isEqualTo(Phase.CATCHING_UP);
        }
    }

    @Test
    void locatesAndRepairsADifferenceAndExchangesAgain() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.HINT);
        shell.roundTrip(0, Shell.applied(true, false, false));
        shell.roundTrip(0, new Outcome.NodesCompared(leaves(5)));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareLeaves("", leaves(5)));
        shell.roundTrip(0, new Outcome.LeavesCompared(List.of(), true));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(EXCHANGE);
        shell.roundTrip(0, Shell.applied(true, true, false));
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void restsWhenAComparisonFindsNothing() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.HINT);
        shell.roundTrip(0, Shell.applied(true, false, false));
        shell.roundTrip(0, new Outcome.NodesCompared(leaves()));
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void aDifferenceThatStaysWaitsForTheIntervalAfterThreeComparisons() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.HINT);
        // The first has less to repair than everything; two more without progress follow it.
        assertThat(comparisons(shell, 9, 9, 9, 9, 9)).isEqualTo(3);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
        shell.ring();
        assertThat(comparisons(shell, 9, 9, 9, 9, 9)).as("after the interval").isEqualTo(3);
    }

    @Test
    void repairsGoOnAsLongAsLessDiffers() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.HINT);
        assertThat(comparisons(shell, 9, 8, 8, 7, 7, 7, 7, 7)).isEqualTo(6);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    /** Exchanges and compares until the engine rests, with so many leaves differing each time; says how often it compared. */
    private static int comparisons(Shell shell, int... differing) {
        int compared = 0;
        while (shell.engine.underWay()) {
            switch (shell.preparing.orElseThrow().work()) {
                case Work.Exchange ignored -> shell.roundTrip(0, Shell.applied(true, false, false));
                case Work.Withdraw ignored -> throw new AssertionError("nothing is withdrawn");
                case Work.CompareNodes ignored ->
                    shell.roundTrip(
                            0,
                            new Outcome.NodesCompared(leaves(
                                    IntStream.range(0, differing[compared++]).toArray())));
                case Work.CompareLeaves ignored -> shell.roundTrip(0, new Outcome.LeavesCompared(List.of(), true));
            }
        }
        return compared;
    }

    @Test
    void aChallengeComparesUnderItsNonceAndRepairsNothing() {
        Shell shell = Shell.level();
        shell.on(new Event.ChallengeWanted(shell.clockMillis, "ab"));
        shell.roundTrip(0, Shell.applied(true, true, false));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareNodes("ab"));
        shell.roundTrip(0, new Outcome.NodesCompared(leaves(1, 4_095)));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareLeaves("ab", leaves(1, 4_095)));
        shell.roundTrip(0, new Outcome.LeavesCompared(List.of(), false));
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
        shell.ring();
        shell.roundTrip(0, Shell.applied(true, true, false));
        assertThat(shell.engine.status().phase()).as("asked once").isEqualTo(Phase.LEVEL);
    }

    @Test
    void aChallengeWaitsForItsTurnAndSurvivesFailures() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.WRITE);
        shell.on(new Event.ChallengeWanted(shell.clockMillis, "ab"));
        shell.prepared(0);
        shell.failed(Failure.unreachable("gone"));
        shell.ring();
        shell.roundTrip(0, Shell.applied(true, true, false));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareNodes("ab"));
        shell.prepared(0);
        shell.failed(ErrorCode.UNAVAILABLE);
        shell.ring();
        shell.roundTrip(0, Shell.applied(true, true, false));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareNodes("ab"));
    }

    @Test
    void aDifferenceIsRepairedBeforeAChallenge() {
        Shell shell = Shell.level();
        shell.on(new Event.ChallengeWanted(shell.clockMillis, "ab"));
        shell.roundTrip(0, Shell.applied(true, false, false));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareNodes(""));
        shell.roundTrip(0, new Outcome.NodesCompared(leaves(3)));
        shell.roundTrip(0, new Outcome.LeavesCompared(List.of(), true));
        shell.roundTrip(0, Shell.applied(true, true, false));
        assertThat(shell.preparing.orElseThrow().work()).isEqualTo(new Work.CompareNodes("ab"));
    }

    @Test
    void measuresTheServersClockAtTheMiddleOfTheRoundTrip() {
        Shell shell = Shell.level();
        shell.want(Event.Reason.HINT);
        shell.prepared(0);
        long sentAt = shell.clockMillis;
        shell.pass(40);
        shell.answered(shell.sent.orElseThrow().request(), sentAt + 20 + 5_000);
        assertThat(shell.absorbing.orElseThrow().offsetMillis()).isEqualTo(5_000);
    }

    @Test
    void aRoundTripLongerThanTheTimeoutIsAClockThatWasSet() {
        for (long trip : new long[] {30_000, 30_001}) {
            Shell shell = Shell.level();
            shell.want(Event.Reason.HINT);
            shell.prepared(0);
            shell.clockMillis += trip;
            shell.answered(shell.sent.orElseThrow().request(), shell.clockMillis);
            assertThat(shell.absorbing.orElseThrow().offsetMillis()).isEqualTo(trip == 30_000 ? 15_000 : 0);
        }
    }

    private static TreeSet<Integer> leaves(int... leaves) {
        TreeSet<Integer> set = new TreeSet<>();
        IntStream.of(leaves).forEach(set::add);
        return set;
    }
}
