package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.value.Value;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a phone writes down of a life, what it sends of it, and what its user is told. */
class BookkeepingTest {

    private static final int TRIES = 100;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @Test
    void M17_M19_theAuditTrailIsAChainFromNothingToTheBalance() {
        Property.of("M17 and M19")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        Script.ORDINARY.list(0, 11),
                        steps -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
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
                        waits -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
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
                        Gens.ints(1, 40),
                        Gens.longs(0, 60_000),
                        (updates, every) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
                            phone.earnings.start();
                            world.run(Duration.ofSeconds(1));
                            phone.restartApp();
                            for (int i = 0; i < updates; i++) {
                                world.run(Duration.ofMillis(every));
                                phone.earnings.update();
                            }
                            // The user, the session, and their audit rows: two at the beginning, one for the restart,
                            // and one for all updates, however often they were stored.
                            boolean stored = updates * every >= 600_000;
                            assertThat(phone.earnings.store().review().account().in(ChangeState.PENDING))
                                    .isEqualTo(stored ? 6 : 5);
                            List<ExchangeRequest> exchanges = new ArrayList<>();
                            phone.watch(exchanges::add);
                            phone.network = TestPhone.Network.UP;
                            new Script(world, phone).settle();
                            assertThat(amountsOf(exchanges))
                                    .isNotEmpty()
                                    .allSatisfy(together -> assertThat(together)
                                            .containsAnyOf("user_earnings", "mining_sessions")
                                            .contains("earnings_audit_log"));
                        }));
    }

    /** The collections of each transaction that reached the network; a change of group 0 is one of its own. */
    private static Collection<Set<String>> amountsOf(List<ExchangeRequest> exchanges) {
        Map<String, Set<String>> groups = new TreeMap<>();
        for (ExchangeRequest exchange : exchanges) {
            exchange.batch()
                    .ifPresent(batch -> batch.changes()
                            .forEach(change -> groups.computeIfAbsent(
                                            batch.mark() + " " + (change.group() == 0 ? change.key() : change.group()),
                                            group -> new TreeSet<>())
                                    .add(change.key().collection())));
        }
        return groups.values();
    }

    @Test
    void M27_settingTheClockEarnsNothingLosesNothingAndIsRecorded() {
        Gen<List<Script.Step>> lives = Script.WITH_CLOCKS.list(0, 11);
        Property.of("M27 on a phone")
                .tries(TRIES)
                .shrinks(200)
                .forAll(
                        lives,
                        steps -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.begun("ann");
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
                            world.level(phone, script.expected());
                        }));
    }

    @Test
    void E12_theServersValueStandsTheLocalOneIsKeptAndAnExcessWaitsForAPerson() {
        Property.of("E12")
                .tries(TRIES)
                .shrinks(50)
                .forAll(
                        Gens.longs(1, 1_000_000_000L).map(Coins::new),
                        Gens.longs(10, 3_000),
                        (believed, seconds) -> EarningsWorld.in(folder, world -> {
                            Property.assume(!believed.equals(EarningsWorld.RATE));
                            TestPhone first = world.begun("ann");
                            first.network = TestPhone.Network.UP;
                            world.run(Duration.ofSeconds(2));
                            TestPhone second = world.phone("second", "ann");
                            second.earnings.initialize(believed.number());
                            second.earnings.start();
                            world.run(Duration.ofSeconds(seconds));
                            second.earnings.stop();
                            BigDecimal seen = second.earnings.state().currentEarnings();
                            assertThat(seen).isEqualTo(EarningsWorld.coins(believed, Duration.ofSeconds(seconds)));
                            new Script(world, second).settle();
                            world.run(Duration.ofSeconds(10));

                            BigDecimal owed = EarningsWorld.coins(Duration.ofSeconds(seconds));
                            assertThat(world.user("ann").rate()).isEqualTo(EarningsWorld.RATE.number());
                            assertThat(world.user("ann").current()).isEqualTo(owed);
                            assertThat(second.earnings.state().rate()).isEqualTo(EarningsWorld.RATE.number());
                            assertThat(second.earnings.state().currentEarnings())
                                    .isEqualTo(owed);
                            assertThat(second.earnings.conflicts(10))
                                    .filteredOn(entry -> entry.kind() == HistoryEntry.Kind.CONFLICT)
                                    .filteredOn(entry -> entry.key()
                                            .collection()
                                            .equals(EarningsSchema.USERS
                                                    .collection()
                                                    .name()))
                                    .anyMatch(entry -> entry.lost()
                                                    .value("earning_rate")
                                                    .equals(new Value.Decimal(believed.number()))
                                            && entry.stands()
                                                    .value("earning_rate")
                                                    .equals(new Value.Decimal(EarningsWorld.RATE.number())));
                            // A device rounds as the server does; beyond the last digit it is no rounding.
                            BigDecimal excess = seen.subtract(owed);
                            boolean critical = excess.compareTo(new BigDecimal("0.00000001")) > 0;
                            assertThat(second.earnings.reviews(10))
                                    .extracting(EarningsReview::status, EarningsReview::amount)
                                    .isEqualTo(critical ? List.of(tuple(EarningsReview.OPEN, excess)) : List.of());
                        }));
    }
}
