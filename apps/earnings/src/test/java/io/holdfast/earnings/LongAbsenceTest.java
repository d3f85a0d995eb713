package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones that stay away for longer than a server pays, or even looks back. */
class LongAbsenceTest {

    private static final long DAY_SECONDS = 86_400;
    private static final Duration CAP = Duration.ofHours(24);
    private static final Duration LOOKBACK = Duration.ofDays(7);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @Test
    void M05_ofAnyAbsenceEachMomentIsPaidOrHeldAndTheCapIsPaid() {
        Property.of("M05 for long")
                .tries(100)
                .shrinks(50)
                .forAll(
                        Gens.longs(0, 20 * DAY_SECONDS).list(1, 3),
                        Gens.booleans(),
                        (absences, mines) -> EarningsWorld.in(folder, world -> {
                            FleetReckoning owed = new FleetReckoning(EarningsWorld.RATE.number());
                            world.onAnswer = (request, atMillis) ->
                                    request.batch().ifPresent(batch -> owed.took(batch, atMillis * 1_000));
                            TestPhone phone = world.begun("ann");
                            Script script = new Script(world, phone);
                            script.play(new Script.Step.Start());
                            for (long seconds : absences) {
                                phone.closeApp();
                                world.run(Duration.ofSeconds(seconds));
                                phone.network = mines ? TestPhone.Network.DOWN : TestPhone.Network.UP;
                                phone.openApp();
                                world.run(Duration.ofSeconds(3));
                            }
                            script.end();

                            Duration mined = Duration.ofNanos(script.mined().micros() * 1_000);
                            Duration paid = sum(world, "granted_micros");
                            assertThat(paid.plus(sum(world, "held_micros"))).isEqualTo(mined);
                            if (mined.compareTo(CAP) <= 0) {
                                assertThat(paid).isEqualTo(mined);
                            } else {
                                assertThat(paid).isGreaterThanOrEqualTo(CAP);
                            }
                            assertThat(world.user("ann").current()).isEqualTo(EarningsWorld.coins(paid));
                            // Which of it is paid, and what is held for being too late: by a reckoning of its own.
                            assertThat(world.user("ann").current()).isEqualTo(owed.balance());
                            assertThat(world.user("ann").held()).isEqualByComparingTo(owed.held());
                            assertThat(phone.earnings.state().currentEarnings())
                                    .isEqualTo(world.user("ann").current());
                            assertThat(phone.earnings.reviews(1_000))
                                    .allMatch(review -> review.status().equals(EarningsReview.OPEN));
                            assertThat(phone.earnings.store().review().account().in(ChangeState.QUARANTINED))
                                    .isZero();
                            assertThat(phone.earnings.state().syncStatus()).isEqualTo(EarningsState.SyncState.SYNCED);
                        }));
    }

    @Test
    void M05_whatEndedLongerAgoThanTheServerLooksBackIsHeldHoweverLittleItIs() {
        Property.of("M05 for late")
                .tries(100)
                .shrinks(50)
                .forAll(
                        Gens.longs(1, DAY_SECONDS),
                        Gens.longs(0, 14 * DAY_SECONDS),
                        (mined, since) -> EarningsWorld.in(folder, world -> {
                            FleetReckoning owed = new FleetReckoning(EarningsWorld.RATE.number());
                            world.onAnswer = (request, atMillis) ->
                                    request.batch().ifPresent(batch -> owed.took(batch, atMillis * 1_000));
                            TestPhone phone = world.begun("ann");
                            phone.network = TestPhone.Network.UP;
                            world.run(Duration.ofSeconds(5));
                            phone.network = TestPhone.Network.DOWN;
                            phone.earnings.start();
                            phone.closeApp();
                            world.run(Duration.ofSeconds(mined));
                            phone.openApp();
                            phone.earnings.stop();
                            phone.closeApp();
                            world.run(Duration.ofSeconds(since));
                            phone.network = TestPhone.Network.UP;
                            phone.openApp();
                            world.run(Duration.ofSeconds(30));

                            assertThat(world.user("ann").current()).isEqualTo(owed.balance());
                            assertThat(world.user("ann").held()).isEqualByComparingTo(owed.held());
                            Duration all = Duration.ofSeconds(mined);
                            if (since > LOOKBACK.toSeconds()) {
                                assertThat(world.user("ann").held()).isEqualTo(EarningsWorld.coins(all));
                            } else if (since + mined + 60 < LOOKBACK.toSeconds()) {
                                assertThat(world.user("ann").current()).isEqualTo(EarningsWorld.coins(all));
                            }
                        }));
    }

    /** What the server wrote down of its decisions, added up. */
    private static Duration sum(EarningsWorld world, String member) {
        List<Long> micros = world.rows(EarningsSchema.AUDIT, "ann").stream()
                .filter(row -> row.operation().equals("claim"))
                .map(row -> JsonText.read(row.metadata().json()))
                .map(tree -> ((JsonTree.Members) tree).members().get(member))
                .filter(JsonTree.Text.class::isInstance)
                .map(text -> Long.parseLong(((JsonTree.Text) text).text()))
                .toList();
        return Duration.ofNanos(micros.stream().mapToLong(Long::longValue).sum() * 1_000);
    }
}
