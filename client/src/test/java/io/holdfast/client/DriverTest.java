package io.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.LocalTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The driver on a simulated timeline: what it sends when. */
class DriverTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final World world = new World(RetryPolicy.defaults());

    private void settle() {
        world.driver.start();
        world.run(SECOND);
        assertThat(world.driver.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void registersAndExchangesAtOnceAndThenOnceAMinute() {
        settle();

        assertThat(world.sent).hasSize(2);
        assertThat(world.sentWithin(Duration.ofSeconds(57))).isZero();
        assertThat(world.sentWithin(MINUTE.multipliedBy(10))).isEqualTo(10);
    }

    @Test
    void aWriteIsSentAtOnceAndNothingFollowsFromTheDriversOwnCommits() {
        settle();

        world.plant("p1", "rose");

        assertThat(world.sentWithin(World.LATENCY)).isEqualTo(1);
        assertThat(world.sentWithin(Duration.ofSeconds(50))).isZero();
        assertThat(world.planted()).isEqualTo(1);
    }

    @Test
    void writesMadeWhileAMessageIsUnderWayTravelTogetherInTheNext() {
        settle();

        world.plant("p0", "rose");
        world.run(World.LATENCY.dividedBy(2));
        for (int i = 1; i <= 100; i++) {
            world.plant("p" + i, "rose");
        }

        assertThat(world.sentWithin(SECOND)).isEqualTo(2);
        assertThat(world.planted()).isEqualTo(101);
    }

    @Test
    void aHintOfWhatIsAlreadyKnownIsNoReasonToExchange() {
        settle();
        world.plant("p1", "rose");
        world.driver.hinted(1);
        world.run(SECOND);
        int sent = world.sent.size();

        world.driver.hinted(1);
        world.run(SECOND);
        assertThat(world.sent).hasSize(sent);

        world.driver.hinted(2);
        world.run(SECOND);
        assertThat(world.sent).hasSize(sent + 1);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        settle();
        world.weather = message ->
                new World.Fate.Fails(new Failure(ErrorCode.RATE_LIMITED, "Too many requests.", 40_000, true));
        world.plant("p1", "rose");
        world.run(SECOND);
        assertThat(world.driver.status().phase()).isEqualTo(Phase.RETRYING);

        world.weather = message -> new World.Fate.Carried();
        world.plant("p2", "rose");

        assertThat(world.sentWithin(Duration.ofSeconds(38))).isZero();
        // First exactly what was refused, then what came since.
        assertThat(world.sentWithin(Duration.ofSeconds(2))).isEqualTo(2);
        assertThat(world.planted()).isEqualTo(2);
    }

    @Test
    void givesAnAnswerUpThatNeverComesAndAppliesNothingTwice() {
        settle();
        world.weather = message -> new World.Fate.Unanswered();
        world.plant("p1", "rose");
        world.run(Duration.ofSeconds(29));
        assertThat(world.driver.status().phase()).isEqualTo(Phase.CATCHING_UP);

        world.run(Duration.ofSeconds(2));
        assertThat(world.driver.status().phase()).isEqualTo(Phase.OFFLINE);

        world.weather = message -> new World.Fate.Carried();
        world.run(MINUTE);
        assertThat(world.driver.status().phase()).isEqualTo(Phase.LEVEL);
        assertThat(world.planted()).isEqualTo(1);
        assertThat(world.storage.read(LocalTransaction::account).in(ChangeState.ACCEPTED))
                .isEqualTo(1);
    }

    @Test
    void aClockSetBackDoesNotPutTheNextExchangeOff() {
        settle();

        world.machine.misset(Duration.ofDays(-3));

        assertThat(world.sentWithin(MINUTE.multipliedBy(2))).isPositive();
        assertThat(world.driver.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void aDefectOfTheTransportIsTriedAgain() {
        settle();
        world.weather = message -> new World.Fate.Breaks();
        world.plant("p1", "rose");
        world.run(World.LATENCY.plusMillis(1));
        assertThat(world.driver.status().last().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);

        world.weather = message -> new World.Fate.Carried();
        world.run(MINUTE);

        assertThat(world.driver.status().phase()).isEqualTo(Phase.LEVEL);
        assertThat(world.planted()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheMachineThatPassesStopsNothing() {
        for (int writesBefore : new int[] {0, 1}) { // while a message is made, and while its answer is taken in
            World device = new World(RetryPolicy.defaults());
            device.driver.start();
            device.run(SECOND);
            device.soundFor = writesBefore;
            device.plant("p1", "rose");
            device.run(SECOND.dividedBy(10));
            assertThat(device.driver.status().phase()).isEqualTo(Phase.RETRYING);
            assertThat(device.driver.status().last().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);

            device.run(MINUTE);

            assertThat(device.driver.status().phase()).isEqualTo(Phase.LEVEL);
            assertThat(device.planted()).isEqualTo(1);
            assertThat(device.storage.read(LocalTransaction::account).in(ChangeState.ACCEPTED))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatTheMachineLacksIsSaidAtOnce() {
        settle();
        world.weather = message -> new World.Fate.Lacks();
        world.plant("p1", "rose");
        world.run(World.LATENCY.plusMillis(1));

        assertThat(world.driver.status().last().orElseThrow().message()).contains("no native library");
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsSplitUntilTheBadChangeStandsAlone() {
        settle();
        world.weather = message -> carries(message, "poison")
                ? new World.Fate.Fails(new Failure(ErrorCode.BATCH_MALFORMED, "It cannot be read.", 0, true))
                : new World.Fate.Carried();

        for (int i = 0; i < 50; i++) {
            world.plant("p" + i, i == 17 ? "poison" : "rose");
        }
        world.run(MINUTE.multipliedBy(30)); // what may have been damaged on its way must fail twice

        assertThat(world.driver.status().phase()).isEqualTo(Phase.LEVEL);
        assertThat(world.planted()).isEqualTo(49);
        assertThat(world.storage.read(LocalTransaction::account).in(ChangeState.QUARANTINED))
                .isEqualTo(1);
    }

    private static boolean carries(Outgoing message, String text) {
        return message instanceof Outgoing.Exchange exchange
                && exchange.message()
                        .batch()
                        .filter(batch -> new String(batch.bytes(), StandardCharsets.UTF_8).contains(text))
                        .isPresent();
    }

    @Test
    void whoWaitsForTheFirstFailureHearsOfItAndWhoWaitsLongerDoesNot() {
        settle();
        world.weather = message -> new World.Fate.Fails(Failure.unreachable("Nothing listens there."));
        Wait hasty = new Wait(Wait.Patience.FIRST_FAILURE);
        Wait patient = new Wait(Wait.Patience.RETRIES);
        world.driver.exchange(hasty);
        world.driver.exchange(patient);
        world.run(SECOND);

        assertThat(hasty.rest().join().failure().orElseThrow().code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
        assertThat(patient.rest()).isNotDone();

        world.weather = message -> new World.Fate.Carried();
        world.run(MINUTE);
        assertThat(patient.rest().join().failure()).isEmpty();
    }

    @Test
    void aServerThatShowsItselfIsTriedAtOnce() {
        settle();
        world.weather = message -> new World.Fate.Fails(Failure.unreachable("Nothing listens there."));
        world.run(MINUTE.multipliedBy(30));
        assertThat(world.driver.status().phase()).isEqualTo(Phase.OFFLINE);

        world.weather = message -> new World.Fate.Carried();
        world.driver.reachable();

        assertThat(world.sentWithin(World.LATENCY)).isEqualTo(1);
        assertThat(world.driver.status().phase()).isEqualTo(Phase.LEVEL);
    }

    @Test
    void aClosedDriverSendsNothingAndTellsThoseWhoWait() {
        settle();
        world.weather = message -> new World.Fate.Unanswered();
        Wait waiting = new Wait(Wait.Patience.RETRIES);
        world.driver.exchange(waiting);

        world.driver.close();
        world.plant("p1", "rose");

        assertThat(world.sentWithin(MINUTE.multipliedBy(10))).isZero();
        assertThat(waiting.rest().join().failure().orElseThrow().code()).isEqualTo(ErrorCode.CANCELLED);
    }
}
