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
                        new JsonText("{\"note\":\"" + "x".repeat(400) + "\"}"));
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
                        Gens.ints(0, 200),
                        Gens.booleans(),
                        Gens.longs(10, 200),
                        (rows, mines, wait) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.phone("phone", "ann");
                            phone.keeping = LITTLE;
                            phone.restartApp();
                            phone.network = TestPhone.Network.UP;
                            phone.earnings.initialize(EarningsWorld.RATE.number());
                            Script script = new Script(world, phone);
                            script.play(new Script.Step.Start());
                            script.play(new Script.Step.Wait(wait));
                            if (!mines) {
                                script.play(new Script.Step.Stop());
                            }
                            for (int i = 0; i < 3; i++) {
                                Instant from = world.time.instant().minus(DAY.multipliedBy(20 - i));
                                write(phone.earnings, 150 + rows / 3, from);
                                world.run(Duration.ofSeconds(40));
                            }
                            script.settle();
                            int held = world.rows(EarningsSchema.AUDIT, "ann").size();

                            assertThat(phone.earnings.store().room().bytes()).isLessThan(LITTLE.bytesMax());
                            assertThat(here(phone.earnings)).isLessThan(held);
                            assertThat(phone.earnings.state().currentEarnings()).isEqualTo(script.expected());
                            assertThat(phone.earnings.state().active()).isEqualTo(mines);
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
                            write(phone.earnings, old, world.time.instant().minus(DAY.multipliedBy(60)));
                            write(phone.earnings, young, world.time.instant().minus(DAY));
                            world.run(Duration.ofMinutes(2));
                            phone.earnings.start();
                            world.run(Duration.ofMinutes(2));
                            phone.closeApp();
                            world.run(DAY.plusMinutes(1));
                            phone.openApp();
                            world.run(Duration.ofMinutes(2));

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
