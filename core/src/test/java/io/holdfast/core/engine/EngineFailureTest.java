package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.testkit.random.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine does when a message fails. */
class EngineFailureTest {

    private static final RetryPolicy POLICY = RetryPolicy.defaults();

    @Test
    void waitsLongerWithEachFailureUnderFullJitter() {
        Shell shell = new Shell(POLICY);
        SeededRandom jitter = new SeededRandom(1);
        shell.tick();
        for (int failures = 1; failures <= 12; failures++) {
            shell.prepared(0);
            List<Effect> effects = shell.failed(Failure.unreachable("gone"));
            long delay = POLICY.delayMillis(failures, jitter.nextLong());
            assertThat(effects).containsExactly(new Effect.WakeAt(shell.clockMillis + delay, delay));
            assertThat(shell.engine.status().failures()).isEqualTo(failures);
            assertThat(shell.engine.status().phase()).isEqualTo(Phase.OFFLINE);
            assertThat(shell.engine.status().last()).contains(Failure.unreachable("gone"));
            shell.ring();
        }
        shell.settle();
        assertThat(shell.engine.status().failures()).as("after a success").isZero();
        assertThat(shell.engine.status().last()).isEmpty();
    }

    @Test
    void recognitionsWithoutAnExchangeBetweenThemWaitLikeFailures() {
        List<Outcome> recognised = List.of(
                new Outcome.Unregistered(),
                new Outcome.Forked("r"),
                new Outcome.NotWithdrawn(),
                new Outcome.EpochChanged("2-e", 5));
        Shell shell = new Shell(POLICY);
        SeededRandom jitter = new SeededRandom(1);
        shell.tick();
        for (int i = 0; i < 3; i++) {
            shell.roundTrip(0, recognised.get(i % recognised.size()));
            assertThat(shell.preparing).as("the first are followed at once").isPresent();
        }
        for (int i = 3; i < 15; i++) {
            shell.roundTrip(-1, new Outcome.Registered());
            List<Effect> effects = shell.roundTrip(0, recognised.get(i % recognised.size()));
            long delay = POLICY.delayMillis(i - 2, jitter.nextLong());
            assertThat(effects).containsExactly(new Effect.WakeAt(shell.clockMillis + delay, delay));
            assertThat(shell.engine.status().phase()).isEqualTo(Phase.RETRYING);
            assertThat(shell.engine.status().failures()).isEqualTo(i - 2);
            assertThat(shell.engine.status().last().orElseThrow().code()).isEqualTo(ErrorCode.SERVER_ANSWER);
            assertThat(shell.want(Event.Reason.WRITE)).isEmpty();
            shell.ring();
        }
        shell.settle();
        assertThat(shell.engine.status().last()).isEmpty();
        shell.want(Event.Reason.HINT);
        shell.roundTrip(0, new Outcome.Unregistered());
        assertThat(shell.preparing).as("after a success").isPresent();
    }

    @Test
    void waitsAtLeastAsLongAsTheServerAsks() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(0);
        shell.failed(new Failure(ErrorCode.UNAVAILABLE, "", 86_400_000, false));
        assertThat(shell.alarm).contains(shell.passedMillis + 86_400_000);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.RETRYING);
    }

    @Test
    void aShorterRetryAfterDoesNotShortenTheDelay() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(0);
        shell.failed(new Failure(ErrorCode.AUTH_REQUIRED, "", 1_000, false));
        assertThat(shell.alarm).contains(shell.passedMillis + 300_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "FORBIDDEN",
                "SCHEMA_MISMATCH",
                "PROTOCOL_UNSUPPORTED",
                "REPLICA_FOREIGN",
                "CURSOR_UNKNOWN",
                "NOT_FOUND",
                "STORE_DAMAGED",
                "STORE_CLOSED"
            })
    void whatOnlyAPersonCanMendIsTriedAtTheLongestDelay(ErrorCode code) {
        assertPatient(code, Phase.STALLED);
    }

    @Test
    void withoutATokenItIsTriedAtTheLongestDelay() {
        assertPatient(ErrorCode.AUTH_REQUIRED, Phase.AUTH_REQUIRED);
    }

    private static void assertPatient(ErrorCode code, Phase phase) {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(0);
        shell.failed(code);
        assertThat(shell.engine.status().phase()).isEqualTo(phase);
        assertThat(shell.alarm).contains(shell.passedMillis + 300_000);
        shell.ring();
        shell.settle();
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void aFailedWorkIsAFailureLikeAnother() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.failed(ErrorCode.STORE_FULL);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.RETRYING);
        shell.ring();
        shell.prepared(0);
        shell.answered();
        shell.failed(ErrorCode.STORE_FULL);
        assertThat(shell.engine.status().failures()).isEqualTo(2);
        assertThat(shell.alarm).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"SERVER_UNREACHABLE", "UNAVAILABLE", "AUTH_REQUIRED", "FORBIDDEN"})
    void aWriteOrAHintDoesNotCutAWaitShort(ErrorCode code) {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(0);
        shell.failed(code);
        assertThat(shell.want(Event.Reason.WRITE)).isEmpty();
        assertThat(shell.want(Event.Reason.HINT)).isEmpty();
        assertThat(shell.alarm).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.Reason.class,
            names = {"NETWORK", "PERSON"})
    void theNetworkOrAPersonCutsAWaitShort(Event.Reason reason) {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(0);
        shell.failed(ErrorCode.SERVER_UNREACHABLE);
        assertThat(shell.want(reason)).hasSize(1).first().isInstanceOf(Effect.Prepare.class);
    }

    @Test
    void failuresToConnectNeverExhaustTheTries() {
        Shell shell = new Shell(POLICY.withTriesMax(2));
        shell.tick();
        for (int i = 0; i < 50; i++) {
            shell.prepared(0);
            shell.failed(Failure.unreachable("gone"));
            assertThat(shell.engine.status().phase()).isEqualTo(Phase.OFFLINE);
            shell.ring();
        }
    }

    @Test
    void triesThatTheServerAnsweredAreExhaustedAndAPersonBeginsAnew() {
        Shell shell = new Shell(POLICY.withTriesMax(2));
        shell.tick();
        fail(shell, ErrorCode.UNAVAILABLE);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.RETRYING);
        fail(shell, ErrorCode.SERVER_UNREACHABLE);
        fail(shell, ErrorCode.UNAVAILABLE);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.STALLED);
        shell.pass(1);
        shell.want(Event.Reason.PERSON);
        fail(shell, ErrorCode.UNAVAILABLE);
        assertThat(shell.engine.status().phase()).as("the person's first try").isEqualTo(Phase.RETRYING);
        shell.want(Event.Reason.NETWORK);
        fail(shell, ErrorCode.UNAVAILABLE);
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.STALLED);
        shell.ring();
        shell.settle();
        fail(wanting(shell), ErrorCode.UNAVAILABLE);
        assertThat(shell.engine.status().phase()).as("after a success").isEqualTo(Phase.RETRYING);
    }

    private static Shell wanting(Shell shell) {
        shell.want(Event.Reason.WRITE);
        return shell;
    }

    /** The message under way, or the next, fails. */
    private static void fail(Shell shell, ErrorCode code) {
        if (shell.preparing.isEmpty()) {
            shell.ring();
        }
        shell.prepared(0);
        shell.failed(new Failure(code, "", 0, false));
    }

    @Test
    void withoutALimitItNeverGivesUp() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        for (int i = 0; i < 100; i++) {
            fail(shell, ErrorCode.UNAVAILABLE);
            assertThat(shell.engine.status().phase()).isEqualTo(Phase.RETRYING);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUpAtTheTimeout() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(0);
        shell.pass(29_999);
        assertThat(shell.tick()).containsExactly(new Effect.WakeAt(shell.clockMillis + 1, 1));
        shell.pass(1);
        shell.tick();
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.OFFLINE);
        assertThat(shell.engine.underWay()).isFalse();
        assertThat(shell.answered()).as("the answer that comes too late").isEmpty();
    }

    @Test
    void aTickMeanwhileNeitherGivesUpNorForgetsToWake() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        assertThat(shell.tick())
                .as("while the message is made")
                .containsExactly(new Effect.WakeAt(shell.clockMillis + 30_000, 30_000));
        shell.prepared(0);
        shell.answered();
        shell.pass(40_000);
        assertThat(shell.tick())
                .as("while the answer is taken in")
                .containsExactly(new Effect.WakeAt(shell.clockMillis + 30_000, 30_000));
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.CATCHING_UP);
    }

    @Test
    void answersToOtherRequestsArePassedOver() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        Effect.Prepare prepare = shell.preparing.orElseThrow();
        Outgoing old = Shell.message(new Effect.Prepare(prepare.work(), 99, 1), 0);
        assertThat(shell.on(new Event.Prepared(shell.clockMillis, old))).isEmpty();
        assertThat(shell.answered(prepare.request(), 0))
                .as("before it was sent")
                .isEmpty();
        shell.prepared(0);
        assertThat(shell.answered(99, 0)).isEmpty();
        assertThat(shell.on(new Event.Failed(shell.clockMillis, 99, Failure.unreachable(""))))
                .isEmpty();
        assertThat(shell.on(new Event.Absorbed(shell.clockMillis, 99, new Outcome.Behind())))
                .isEmpty();
        shell.answered();
        assertThat(shell.answered(prepare.request(), 0))
                .as("the same answer twice")
                .isEmpty();
        shell.absorbed(Shell.applied(true, true, false));
        assertThat(shell.on(new Event.Absorbed(shell.clockMillis, prepare.request(), new Outcome.Behind())))
                .isEmpty();
        assertThat(shell.on(new Event.Failed(shell.clockMillis, prepare.request(), Failure.unreachable(""))))
                .isEmpty();
        assertThat(shell.on(new Event.Prepared(shell.clockMillis, shell.sent.orElseThrow())))
                .isEmpty();
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"BATCH_TOO_LARGE", "BODY_TOO_LARGE"})
    void aBatchThatIsTooLargeIsHalvedUntilOneChangeStandsAlone(ErrorCode code) {
        Shell shell = new Shell(POLICY);
        shell.tick();
        List<Integer> most = new ArrayList<>();
        for (int changes = 9; changes > 1; changes = most.getLast()) {
            shell.prepared(changes);
            assertThat(shell.failed(code)).startsWith(new Effect.Split()).hasSize(2);
            most.add(shell.preparing.orElseThrow().changesMax());
        }
        assertThat(most).containsExactly(4, 2, 1);
        shell.prepared(1);
        assertThat(shell.failed(code))
                .startsWith(new Effect.Quarantine(new Failure(code, "", 0, true)))
                .hasSize(2);
        assertThat(shell.preparing.orElseThrow().changesMax()).isEqualTo(1);
    }

    @Test
    void batchesGrowAgainAfterSuccess() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(4);
        shell.failed(ErrorCode.BATCH_TOO_LARGE);
        List<Integer> most = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            shell.roundTrip(1, Shell.applied(false, true, true));
            most.add(shell.preparing.orElseThrow().changesMax());
        }
        assertThat(most)
                .startsWith(4, 8, 16)
                .endsWith(Limits.TRANSACTION_CHANGES_MAX)
                .isSorted();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"BATCH_MALFORMED", "JSON_MALFORMED", "REQUEST_INVALID"})
    void aMessageThatCouldNotBeReadMustFailTwiceBeforeItsBatchIsBlamed(ErrorCode code) {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(6);
        assertThat(shell.failed(code)).hasSize(1).first().isInstanceOf(Effect.WakeAt.class);
        shell.ring();
        shell.prepared(6);
        assertThat(shell.failed(code)).startsWith(new Effect.Split());
        shell.prepared(3);
        assertThat(shell.failed(code)).as("another batch").hasSize(1).first().isInstanceOf(Effect.WakeAt.class);
    }

    @Test
    void otherRefusalsDoNotBlameTheBatch() {
        for (ErrorCode code : List.of(ErrorCode.UNAVAILABLE, ErrorCode.AUTH_REQUIRED, ErrorCode.SCHEMA_MISMATCH)) {
            Shell shell = new Shell(POLICY);
            shell.tick();
            for (int i = 0; i < 3; i++) {
                shell.prepared(6);
                assertThat(shell.failed(code)).hasSize(1).first().isInstanceOf(Effect.WakeAt.class);
                shell.ring();
            }
        }
    }

    @Test
    void aBatchIsTouchedOnlyWhenItWasCertainlyNotApplied() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(6);
        Failure perhapsApplied = new Failure(ErrorCode.BODY_TOO_LARGE, "", 0, false);
        assertThat(shell.failed(perhapsApplied)).hasSize(1).first().isInstanceOf(Effect.WakeAt.class);
    }

    @Test
    void aRefusedMessageWithoutABatchSplitsNothing() {
        Shell shell = new Shell(POLICY);
        shell.tick();
        shell.prepared(0);
        assertThat(shell.failed(ErrorCode.BODY_TOO_LARGE)).hasSize(1).first().isInstanceOf(Effect.WakeAt.class);
    }

    @Test
    void aClockThatWasSetBackMakesNoWaitLonger() {
        Shell shell = Shell.level();
        shell.pass(20_000);
        shell.clockMillis -= 86_400_000;
        shell.want(Event.Reason.HINT);
        shell.prepared(0);
        shell.pass(10_000);
        shell.clockMillis -= 86_400_000;
        shell.tick();
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.CATCHING_UP);
        shell.pass(30_000);
        shell.tick();
        assertThat(shell.engine.status().phase()).as("at the timeout").isEqualTo(Phase.OFFLINE);
    }
}
