package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole lives of a phone: real store, real client, real rules of the server, simulated time and network. */
class EarningsPropertiesTest {

    private static final int TRIES = 100;
    private static final Gen<List<Script.Step>> LIVES = Script.ORDINARY.list(0, 11);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @Test
    void M05_offlinePeriodsEndReconciledWithNothingLost() {
        Property.of("M05")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        LIVES,
                        steps -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
                            Script script = new Script(world, phone);
                            script.play(steps);
                            script.end();
                            world.level(phone, script.expected());
                        }));
    }

    @Test
    void M13_M24_whatIsSeenOfflineAndAcrossRestartsIsWhatWasMined() {
        Property.of("M13 and M24")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        LIVES,
                        steps -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
                            Script script = new Script(world, phone);
                            for (Script.Step step : steps) {
                                if (!(step instanceof Script.Step.Connection)) {
                                    script.play(step);
                                }
                                assertThat(phone.earnings.state().currentEarnings())
                                        .isEqualTo(script.expected());
                                assertThat(phone.earnings.state().active()).isEqualTo(script.mining());
                            }
                        }));
    }

    @Test
    void M14_M25_syncResumesByItselfWhenTheNetworkReturns() {
        Property.of("M14 and M25")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        Gens.longs(1, 6_000),
                        Gens.longs(60, 90),
                        (away, later) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
                            phone.earnings.start();
                            world.run(Duration.ofSeconds(away));
                            assertThat(world.rows(EarningsSchema.USERS, "ann")).isEmpty();
                            phone.network = TestPhone.Network.UP;
                            // The longest delay between two tries is five minutes.
                            world.run(Duration.ofSeconds(300 + later));
                            Instant settled = world.user("ann").lastUpdate();
                            assertThat(settled).isAfter(world.time.instant().minusSeconds(60));
                            assertThat(world.user("ann").current())
                                    .isEqualTo(EarningsWorld.coins(Duration.between(EarningsWorld.BEGIN, settled)));
                        }));
    }

    /** What was reckoned, and when. */
    private record Reckoned(Instant at, BigDecimal amount) {}

    @Test
    void M02_theServerHoldsWhatWasReckonedWithinAMinute() {
        Gen<Script.Step> connected = Gens.frequency(
                Gens.weighted(5, Gens.longs(5, 29).map(Script.Step.Wait::new)),
                Gens.weighted(2, Gens.constant((Script.Step) new Script.Step.Start())),
                Gens.weighted(1, Gens.constant((Script.Step) new Script.Step.Stop())),
                Gens.weighted(1, Gens.constant((Script.Step) new Script.Step.Restart())),
                Gens.weighted(4, Gens.constant((Script.Step) new Script.Step.Crash())));
        Property.of("M02")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        connected.list(1, 14),
                        steps -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
                            phone.network = TestPhone.Network.UP;
                            world.run(Duration.ofSeconds(2));
                            Script script = new Script(world, phone);
                            script.play(new Script.Step.Start());
                            List<Reckoned> reckoned = new ArrayList<>();
                            for (Script.Step step : steps) {
                                script.play(step);
                                Instant now = world.time.instant();
                                reckoned.add(
                                        new Reckoned(now, phone.earnings.state().currentEarnings()));
                                BigDecimal held = world.user("ann").current();
                                assertThat(reckoned)
                                        .filteredOn(then -> !then.at().isAfter(now.minusSeconds(60)))
                                        .allSatisfy(then -> assertThat(held).isGreaterThanOrEqualTo(then.amount()));
                            }
                        }));
    }

    @Test
    void M03_retryDelaysGrowExponentially() {
        long[] longest = new long[12];
        Property.of("M03")
                .tries(TRIES)
                .shrinks(50)
                .forAll(
                        Gens.longs(0, Long.MAX_VALUE),
                        seed -> EarningsWorld.in(folder, world -> {
                            world.seed = seed;
                            TestPhone phone = world.begun("ann");
                            phone.earnings.start();
                            world.run(Duration.ofHours(1));
                            List<Instant> sent = phone.sent;
                            assertThat(sent).hasSizeGreaterThan(10);
                            for (int i = 1; i < sent.size(); i++) {
                                long bound = Math.min(300_000, 1_000L << Math.min(20, i - 1));
                                long delay = Duration.between(sent.get(i - 1), sent.get(i))
                                        .toMillis();
                                assertThat(delay).as("delay " + i).isBetween(0L, bound);
                                if (i < longest.length) {
                                    longest[i] = Math.max(longest[i], delay);
                                }
                            }
                        }));
        // Uniform between nothing and the bound: in a hundred tries some come near it.
        for (int i = 1; i < longest.length; i++) {
            assertThat(longest[i]).as("longest delay " + i).isGreaterThan(Math.min(300_000, 1_000L << (i - 1)) * 3 / 4);
        }
    }

    @Test
    void M04_M12_everyValueIsKeptUntilASyncSucceeds() {
        Gen<TestPhone.Network> bad = Gens.pick(TestPhone.Network.DOWN, TestPhone.Network.ANSWERS_LOST);
        Property.of("M04 and M12")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        LIVES,
                        bad,
                        (steps, network) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
                            phone.network = network;
                            Script script = new Script(world, phone);
                            long made = 0;
                            for (Script.Step step : steps) {
                                if (!(step instanceof Script.Step.Connection)) {
                                    script.play(step);
                                }
                                var account = phone.earnings.store().review().account();
                                assertThat(account.made()).isGreaterThanOrEqualTo(made);
                                made = account.made();
                                // Whatever was made waits, or was folded into what waits.
                                assertThat(account.in(ChangeState.PENDING)
                                                + account.in(ChangeState.IN_FLIGHT)
                                                + account.in(ChangeState.COALESCED))
                                        .isEqualTo(made);
                                assertThat(phone.earnings.state().currentEarnings())
                                        .isEqualTo(script.expected());
                            }
                            script.end();
                            world.level(phone, script.expected());
                        }));
    }

    @Test
    void M06_noInterruptionLosesOrDoublesEarnings() {
        Property.of("M06")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        Gens.ints(1, 30),
                        Gens.pick(TestPhone.Interruption.values()),
                        (message, how) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
                            phone.network = TestPhone.Network.UP;
                            // The chosen message of the life is lost, answered without the answer arriving, or answered
                            // into a dying app.
                            phone.interrupt(message, how);
                            Script script = new Script(world, phone);
                            for (int i = 0; i < 4; i++) {
                                script.play(new Script.Step.Start());
                                script.play(new Script.Step.Wait(41));
                                script.play(new Script.Step.Stop());
                                phone.crashIfDying();
                            }
                            script.end();
                            if (phone.crashIfDying()) {
                                script.end();
                            }
                            world.level(phone, script.expected());
                        }));
    }

    @Test
    void M07_usersWhoShareADeviceNeverMeet() {
        Gen<List<Tuple.Two<Boolean, Script.Step>>> shared =
                Gens.tuple(Gens.booleans(), Script.ORDINARY).list(0, 11);
        Property.of("M07")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        shared,
                        steps -> EarningsWorld.in(folder, world -> {
                            TestPhone anns = world.begun("ann");
                            TestPhone bobs = world.phone("phone", "bob");
                            bobs.earnings.initialize(EarningsWorld.RATE.number());
                            Script ann = new Script(world, anns);
                            Script bob = new Script(world, bobs);
                            for (Tuple.Two<Boolean, Script.Step> step : steps) {
                                (step.first() ? ann : bob).play(step.second());
                                assertThat(anns.earnings.state().currentEarnings())
                                        .isEqualTo(ann.expected());
                                assertThat(bobs.earnings.state().currentEarnings())
                                        .isEqualTo(bob.expected());
                            }
                            ann.end();
                            bob.end();
                            world.level(anns, ann.expected());
                            for (TestPhone phone : List.of(anns, bobs)) {
                                String user = phone.user();
                                assertThat(phone.earnings.audit(1_000))
                                        .extracting(AuditEntry::userId)
                                        .containsOnly(user);
                                assertThat(world.rows(EarningsSchema.SESSIONS, user))
                                        .allMatch(row -> row.userId().equals(user));
                                // A manager is given a user once, when it is opened: with another's file it does not
                                // open.
                                String other = user.equals("ann") ? "bob" : "ann";
                                phone.earnings.close();
                                assertThatThrownBy(() ->
                                                EarningsManager.open(phone.file(), other, EarningsOptions.defaults()))
                                        .isInstanceOfSatisfying(
                                                HoldfastException.class,
                                                refused -> assertThat(refused.code())
                                                        .isEqualTo(ErrorCode.STORE_OTHER_SCOPE));
                            }
                        }));
    }
}
