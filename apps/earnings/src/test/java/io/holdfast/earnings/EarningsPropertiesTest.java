package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole lives of a phone: real store, real client, real rules of the server, simulated time and network. */
class EarningsPropertiesTest {

    private static final int TRIES = 100;
    private static final Gen<List<Script.Step>> LIVES = Script.ORDINARY.list(0, 11);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** A world of its own for each try. */
    private void world(Consumer<EarningsWorld> body) {
        try {
            Path own = Files.createTempDirectory(folder, "w");
            try (EarningsWorld world = new EarningsWorld(own)) {
                body.accept(world);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestPhone begun(EarningsWorld world) {
        TestPhone phone = world.phone("phone", "ann");
        phone.earnings.initialize(EarningsWorld.RATE.number());
        return phone;
    }

    private static void level(EarningsWorld world, TestPhone phone, BigDecimal expected) {
        assertThat(world.user("ann").current()).isEqualTo(expected);
        assertThat(phone.earnings.state().currentEarnings()).isEqualTo(expected);
        assertThat(phone.earnings.state().confirmedEarnings()).isEqualTo(expected);
        assertThat(phone.earnings.state().heldEarnings()).isEqualByComparingTo("0");
        assertThat(phone.earnings.store().review().account().balanced()).isTrue();
        for (ChangeState state : List.of(ChangeState.PENDING, ChangeState.IN_FLIGHT, ChangeState.QUARANTINED)) {
            assertThat(phone.earnings.store().review().account().in(state))
                    .as(state.name())
                    .isZero();
        }
        assertThat(phone.earnings.state().syncStatus()).isEqualTo(EarningsState.SyncState.SYNCED);
    }

    @Test
    void M05_offlinePeriodsEndReconciledWithNothingLost() {
        Property.of("M05")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        LIVES,
                        steps -> world(world -> {
                            TestPhone phone = begun(world);
                            Script script = new Script(world, phone);
                            script.play(steps);
                            script.end();
                            level(world, phone, script.expected());
                        }));
    }

    @Test
    void M13_M24_whatIsSeenOfflineAndAcrossRestartsIsWhatWasMined() {
        Property.of("M13 and M24")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        LIVES,
                        steps -> world(world -> {
                            TestPhone phone = begun(world);
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
                        (away, later) -> world(world -> {
                            TestPhone phone = begun(world);
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

    @Test
    void M02_theServerHoldsWhatWasReckonedWithinAMinute() {
        Property.of("M02")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        Gens.longs(0, 100).list(1, 3),
                        waits -> world(world -> {
                            TestPhone phone = begun(world);
                            phone.network = TestPhone.Network.UP;
                            phone.earnings.start();
                            for (long wait : waits) {
                                world.run(Duration.ofSeconds(wait));
                                Instant held = world.rows(EarningsSchema.SESSIONS, "ann")
                                                .isEmpty()
                                        ? EarningsWorld.BEGIN
                                        : world.rows(EarningsSchema.SESSIONS, "ann")
                                                .getFirst()
                                                .lastUpdate();
                                assertThat(Duration.between(held, world.time.instant()))
                                        .isLessThanOrEqualTo(Duration.ofMinutes(1));
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
                        seed -> world(world -> {
                            world.seed = seed;
                            TestPhone phone = begun(world);
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
                        (steps, network) -> world(world -> {
                            TestPhone phone = begun(world);
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
                            level(world, phone, script.expected());
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
                        (message, how) -> world(world -> {
                            TestPhone phone = begun(world);
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
                            level(world, phone, script.expected());
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
                        steps -> world(world -> {
                            TestPhone anns = begun(world);
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
                            level(world, anns, ann.expected());
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

    @Test
    void M17_M19_theAuditTrailIsAChainFromNothingToTheBalance() {
        Property.of("M17 and M19")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        LIVES,
                        steps -> world(world -> {
                            TestPhone phone = begun(world);
                            Script script = new Script(world, phone);
                            script.play(steps);
                            script.end();
                            List<AuditEntry> rows = world.rows(EarningsSchema.AUDIT, "ann").stream()
                                    .filter(row -> row.source().equals(AuditEntry.SYNC))
                                    .sorted(Comparator.comparing(AuditEntry::at)
                                            .thenComparing(row -> row.newValue().orElseThrow()))
                                    .toList();
                            BigDecimal balance = new BigDecimal("0.00000000");
                            for (AuditEntry row : rows) {
                                assertThat(row.oldValue().orElse(balance)).isEqualTo(balance);
                                balance = row.newValue().orElseThrow();
                            }
                            assertThat(balance).isEqualTo(world.user("ann").current());
                            // The device's own rows: every stored amount of a session has one, in the transaction that
                            // stored it.
                            for (MiningSession session : world.rows(EarningsSchema.SESSIONS, "ann")) {
                                assertThat(world.rows(EarningsSchema.AUDIT, "ann"))
                                        .filteredOn(row -> row.source().equals(AuditEntry.LOCAL)
                                                && row.metadata().json().contains(session.id()))
                                        .extracting(row -> row.newValue().orElseThrow())
                                        .contains(session.earned());
                                assertThat(session.lastUpdate()).isBetween(session.startedAt(), world.time.instant());
                            }
                        }));
    }

    @Test
    void M20_aBurstReachesTheInterfaceOnceASecondAndEndsOnTheLatestValue() {
        Property.of("M20")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        Gens.longs(0, 3_000).list(1, 60),
                        waits -> world(world -> {
                            TestPhone phone = begun(world);
                            phone.earnings.start();
                            List<Instant> told = new ArrayList<>();
                            List<EarningsState> states = new ArrayList<>();
                            phone.earnings.onChange(state -> {
                                told.add(world.time.instant());
                                states.add(state);
                            });
                            for (long wait : waits) {
                                world.run(Duration.ofMillis(wait));
                                for (int i = 0; i < 10; i++) {
                                    phone.earnings.update();
                                }
                            }
                            phone.earnings.stop();
                            EarningsState last = phone.earnings.state();
                            world.run(Duration.ofSeconds(3));
                            for (int i = 1; i < told.size(); i++) {
                                assertThat(Duration.between(told.get(i - 1), told.get(i)))
                                        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
                            }
                            assertThat(states.getLast().currentEarnings()).isEqualTo(last.currentEarnings());
                            assertThat(states.getLast().active()).isFalse();
                        }));
    }

    @Test
    void M21_whatBelongsTogetherGoesInOneTransactionAndABurstCostsOneClaim() {
        Property.of("M21")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        Gens.ints(1, 100),
                        Gens.longs(0, 600),
                        (updates, every) -> world(world -> {
                            TestPhone phone = begun(world);
                            phone.earnings.start();
                            phone.restartApp();
                            for (int i = 0; i < updates; i++) {
                                world.run(Duration.ofMillis(every));
                                phone.earnings.update();
                            }
                            // The user, the session, and their audit rows: two at the beginning, one for the restart,
                            // one for all updates.
                            assertThat(phone.earnings.store().review().account().in(ChangeState.PENDING))
                                    .isLessThanOrEqualTo(6);
                            List<ExchangeRequest> exchanges = new ArrayList<>();
                            phone.watch(exchanges::add);
                            phone.network = TestPhone.Network.UP;
                            world.run(Duration.ofSeconds(130));
                            var first = exchanges.stream()
                                    .map(exchange -> exchange.batch())
                                    .flatMap(Optional::stream)
                                    .findFirst()
                                    .orElseThrow();
                            long group = first.changes().stream()
                                    .filter(change -> change.key().collection().equals("mining_sessions"))
                                    .findFirst()
                                    .orElseThrow()
                                    .group();
                            assertThat(group).isPositive();
                            assertThat(first.changes())
                                    .filteredOn(change -> change.group() == group)
                                    .anyMatch(
                                            change -> change.key().collection().equals("earnings_audit_log"));
                        }));
    }

    @Test
    void M27_settingTheClockEarnsNothingLosesNothingAndIsRecorded() {
        Gen<List<Script.Step>> lives = Script.WITH_CLOCKS.list(0, 11);
        Property.of("M27 on a phone")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        lives,
                        steps -> world(world -> {
                            TestPhone phone = begun(world);
                            phone.network = TestPhone.Network.UP;
                            world.run(Duration.ofMinutes(1));
                            Script script = new Script(world, phone);
                            int jumps = 0;
                            for (Script.Step step : steps) {
                                // A clock that is set while the phone is off is another property's: nothing can tell
                                // then.
                                if (!(step instanceof Script.Step.Reboot)) {
                                    script.play(step);
                                }
                                if (step instanceof Script.Step.SetClock set && Math.abs(set.seconds()) > 2) {
                                    jumps++;
                                    phone.earnings.state();
                                    assertThat(phone.earnings.audit(1_000))
                                            .filteredOn(row -> row.operation().equals("clock"))
                                            .hasSize(jumps)
                                            .allMatch(
                                                    row -> row.metadata().json().contains("\"before\""));
                                }
                                assertThat(phone.earnings.state().currentEarnings())
                                        .isEqualTo(script.expected());
                            }
                            script.end();
                            level(world, phone, script.expected());
                        }));
    }
}
