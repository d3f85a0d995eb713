package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.SyncClient;
import io.holdfast.client.Verification;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.local.Proof;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.store.query.Query;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that grow: what goes, what stays, and what the proofs say to it. */
class UpkeepTest {

    private static final Keeping LITTLE = Keeping.defaults().withBytesMax(512 << 10);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int ROWS_MAX = 1_000;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** Rows as a device writes them, one a minute from a moment on. */
    private static void write(EarningsManager earnings, int rows, Instant from) {
        write(earnings, rows, 400, from);
    }

    private static void write(EarningsManager earnings, int rows, int length, Instant from) {
        earnings.store().transaction(transaction -> {
            for (int i = 0; i < rows; i++) {
                AuditEntry row = new AuditEntry(
                        "filler-" + from.getEpochSecond() + "-" + i,
                        "ann",
                        "reckon",
                        Optional.empty(),
                        Optional.of(new BigDecimal("1.00000000")),
                        from.plusSeconds(60L * i),
                        AuditEntry.LOCAL,
                        new JsonText("{\"note\":\"" + "x".repeat(length) + "\"}"));
                transaction.collection("earnings_audit_log").put(row.id(), EarningsSchema.AUDIT.edits(row));
            }
            return rows;
        });
    }

    private static int here(EarningsManager earnings) {
        return earnings.audit(ROWS_MAX).size();
    }

    @Test
    void M09_M10_nearTheLimitTheOldestMakesRoomAndTheStateStays() {
        Property.of("M09 and M10")
                .tries(100)
                .shrinks(20)
                .forAll(
                        Gens.longs(10, 60).list(0, 2),
                        Gens.oneOf(Gens.longs(0, 7), Gens.longs(9, 16)),
                        Gens.booleans(),
                        Gens.ints(2_000, 16_000),
                        (former, days, mines, length) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.phone("phone", "ann");
                            phone.keeping = LITTLE;
                            phone.restartApp();
                            phone.network = TestPhone.Network.UP;
                            phone.earnings.initialize(EarningsWorld.RATE.number());
                            Script script = new Script(world, phone);
                            for (long seconds : former) {
                                mined(script, seconds);
                            }
                            away(world, phone, DAY.multipliedBy(days));
                            script.play(new Script.Step.Start());
                            script.play(new Script.Step.Wait(10));
                            if (!mines) {
                                script.play(new Script.Step.Stop());
                            }
                            // Two halves of the limit: there is not room for both.
                            int rows = 300_000 / length;
                            for (int i = 0; i < 2; i++) {
                                write(
                                        phone.earnings,
                                        rows,
                                        length,
                                        world.time.instant().minus(DAY.multipliedBy(20 - i)));
                                world.run(Duration.ofSeconds(35));
                            }
                            script.settle();
                            int held = world.rows(EarningsSchema.AUDIT, "ann").size();

                            assertThat(phone.earnings.store().room().bytes()).isLessThan(LITTLE.bytesMax());
                            assertThat(here(phone.earnings)).isLessThan(held);
                            assertThat(phone.earnings.state().currentEarnings()).isEqualTo(script.expected());
                            assertThat(phone.earnings.state().active()).isEqualTo(mines);
                            // A server may look back seven days, and the last session knows the clock.
                            assertThat(sessions(phone)).isEqualTo(days > 8 ? 1 : 1 + former.size());
                            assertThat(phone.earnings.store().device().proofs())
                                    .hasEntrySatisfying(
                                            Proof.Level.L0,
                                            proof -> assertThat(proof.equal()).isTrue());
                            assertThat(phone.earnings.inspect()).isEmpty();
                            phone.restartApp();
                            assertThat(phone.earnings.state().active()).isEqualTo(mines);
                            script.end();
                            assertThat(world.user("ann").current()).isEqualTo(script.expected());
                            assertThat(phone.earnings.state().currentEarnings()).isEqualTo(script.expected());
                            assertThat(world.rows(EarningsSchema.AUDIT, "ann"))
                                    .as("the server keeps all")
                                    .hasSizeGreaterThanOrEqualTo(held);
                        }));
    }

    /** A session that is over and settled. */
    private static void mined(Script script, long seconds) {
        script.play(new Script.Step.Start());
        script.play(new Script.Step.Wait(seconds));
        script.end();
    }

    private static void away(EarningsWorld world, TestPhone phone, Duration span) {
        phone.closeApp();
        world.run(span);
        phone.openApp();
        world.run(Duration.ofSeconds(5));
    }

    private static int sessions(TestPhone phone) {
        return phone.earnings
                .store()
                .collection(MiningSession.class)
                .find(Query.all())
                .records()
                .size();
    }

    @Test
    void M10_whatWasNotSentStaysAndTheUserIsTold() {
        EarningsWorld.in(folder, world -> {
            TestPhone phone = world.phone("phone", "ann");
            phone.keeping = LITTLE;
            phone.restartApp();
            List<Notice> notices = new ArrayList<>();
            phone.earnings.onNotice(notices::add);
            phone.earnings.initialize(EarningsWorld.RATE.number());
            phone.earnings.start();
            for (int i = 0; i < 6; i++) {
                write(phone.earnings, 150, world.time.instant().minus(DAY.multipliedBy(40 - i)));
            }
            int before = here(phone.earnings);
            world.run(Duration.ofMinutes(2));

            assertThat(here(phone.earnings)).isGreaterThanOrEqualTo(before);
            assertThat(phone.earnings.store().review().account().in(ChangeState.PENDING))
                    .isGreaterThanOrEqualTo(900);
            assertThat(notices).isNotEmpty().allSatisfy(notice -> {
                assertThat(notice.code()).isEqualTo(ErrorCode.STORE_LIMIT);
                assertThat(notice.sentence()).contains("Connect to the server").endsWith(".");
            });
        });
    }

    @Test
    void M23_whatIsOldAndSettledGoesByItself() {
        Property.of("M23")
                .tries(100)
                .shrinks(20)
                .forAll(
                        Gens.ints(1, 50),
                        Gens.ints(1, 50),
                        (old, young) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.phone("phone", "ann");
                            phone.network = TestPhone.Network.UP;
                            phone.earnings.initialize(EarningsWorld.RATE.number());
                            write(phone.earnings, old, 10, world.time.instant().minus(DAY.multipliedBy(60)));
                            write(
                                    phone.earnings,
                                    young,
                                    10,
                                    world.time.instant().minus(DAY));
                            world.run(Duration.ofSeconds(5));
                            mined(new Script(world, phone), 10);
                            phone.earnings.start();
                            away(world, phone, DAY.plusMinutes(1));

                            assertThat(phone.earnings.audit(ROWS_MAX))
                                    .filteredOn(row -> row.id().startsWith("filler"))
                                    .hasSize(young)
                                    .allMatch(row -> row.at()
                                            .isAfter(world.time.instant().minus(DAY.multipliedBy(30))));
                            assertThat(phone.earnings.store().device().proofs())
                                    .hasEntrySatisfying(
                                            Proof.Level.L0,
                                            proof -> assertThat(proof.equal()).isTrue());
                            assertThat(world.rows(EarningsSchema.AUDIT, "ann"))
                                    .filteredOn(row -> row.id().startsWith("filler"))
                                    .hasSize(old + young);
                        }));
    }

    @Test
    void aChallengeStillVouchesForWhatIsOnlyAtTheServer() throws InterruptedException {
        InMemoryServerStorage storage = new InMemoryServerStorage();
        try (TestServer server = new TestServer(storage);
                EarningsManager earnings =
                        EarningsManager.open(folder.resolve("ann.holdfast"), "ann", EarningsOptions.defaults())) {
            earnings.initialize(BigDecimal.ONE);
            write(earnings, 100, Instant.parse("2026-11-01T00:00:00Z"));
            earnings.connect(server.connection("ann"));
            assertThat(earnings.sync(true).level()).isTrue();
            assertThat(earnings.store()
                            .room()
                            .release("earnings_audit_log", Query.all().limit(60)))
                    .isEqualTo(60);
            assertThat(here(earnings)).isLessThan(50);
            earnings.goOffline();
            try (SyncClient client = SyncClient.connect(earnings.store(), server.connection("ann"))) {
                Verification verified = client.verify(true, Duration.ofSeconds(20));

                assertThat(verified.equal()).isTrue();
                assertThat(verified.proofs()).hasSize(3);
            }
            assertThat(here(earnings)).as("nothing was fetched again").isLessThan(50);
        }
    }
}
