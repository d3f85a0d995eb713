package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.ledger.Held;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.Discrepancy.Kind;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.store.Store;
import io.holdfast.store.query.Query;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that claim what they may not: changed apps, other people's records, impossible times and amounts. */
class BadClaimsTest {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private static final JsonText CLOCK = AnchorJson.write(Anchor.first(new ClockReading(0, "boot", 0, true)));

    @Test
    void M18_everyInconsistencyIsRefusedWithItsReasonAndFlagged() {
        Property.of("M18").tries(100).shrinks(50).forAll(Fraud.ANY, Gens.longs(10, 600), (wanted, mined) -> {
            try (EarningsWorld world = new EarningsWorld(Files.createTempDirectory(folder, "w"))) {
                TestPhone phone = world.phone("phone", "ann");
                phone.network = TestPhone.Network.UP;
                phone.earnings.initialize(EarningsWorld.RATE.number());
                world.run(Duration.ofSeconds(5));
                phone.earnings.start();
                world.run(Duration.ofSeconds(mined));
                phone.earnings.stop();
                world.run(Duration.ofSeconds(5));
                BigDecimal honest = world.user("ann").current();
                Store store = phone.earnings.store();
                MiningSession session =
                        world.rows(EarningsSchema.SESSIONS, "ann").getFirst();

                RecordKey key = wanted.deed().commit(store, session);
                world.run(Duration.ofSeconds(5));

                Refusal refusal = store.review()
                        .record(key)
                        .layer(Layer.State.QUARANTINED)
                        .flatMap(Layer::refusal)
                        .orElseThrow();
                assertThat(refusal.code()).isEqualTo(wanted.code());
                assertThat(refusal.field()).isEqualTo(wanted.field());
                assertThat(refusal.message()).contains("Found ").endsWith(".");
                assertThat(world.rows(EarningsSchema.DISCREPANCIES, "ann"))
                        .extracting(Discrepancy::kind)
                        .containsExactly(wanted.kind());
                assertThat(world.user("ann").current()).isEqualTo(honest);
                assertThat(world.rows(EarningsSchema.SESSIONS, "ann")).containsExactly(session);
                assertThat(phone.earnings.state().syncStatus()).isEqualTo(EarningsState.SyncState.FAILED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void anotherPhonesUnreadableClockIsToldAndLocksNothing() {
        EarningsWorld.in(folder, world -> {
            TestPhone phone = world.phone("phone", "ann");
            phone.earnings.initialize(EarningsWorld.RATE.number());
            phone.earnings.start();
            world.run(Duration.ofSeconds(100));
            phone.earnings.update();
            MiningSession own = only(phone);
            phone.earnings
                    .store()
                    .collection(MiningSession.class)
                    .put(new MiningSession(
                            "theirs",
                            "ann",
                            "another phone",
                            own.startedAt(),
                            own.lastUpdate(),
                            Optional.empty(),
                            own.timedBy(),
                            own.rate(),
                            own.earned(),
                            1,
                            Fraud.NOTHING));

            phone.restartApp();

            List<Notice> told = new ArrayList<>();
            phone.earnings.onNotice(told::add);
            world.run(Duration.ofSeconds(1));
            assertThat(told).singleElement().satisfies(notice -> {
                assertThat(notice.code()).isEqualTo(ErrorCode.EARNINGS_STATE);
                assertThat(notice.findings()).singleElement().asString().contains("mining_sessions/theirs");
                assertThat(notice.choices()).isEmpty();
            });
            assertThat(phone.earnings.state().active()).isTrue();
            assertThat(phone.earnings.inspect()).isPresent();
        });
    }

    @Test
    void thisPhonesOwnUnreadableClockIsRefused() {
        EarningsWorld.in(folder, world -> {
            TestPhone phone = world.phone("phone", "ann");
            phone.earnings.initialize(EarningsWorld.RATE.number());
            phone.earnings.start();
            phone.earnings.stop();
            MiningSession own = only(phone);
            phone.earnings
                    .store()
                    .collection(MiningSession.class)
                    .put(own.updated(own.lastUpdate(), own.earned(), 1, Fraud.NOTHING));
            phone.closeApp();

            assertThat(catchThrowableOfType(HoldfastException.class, phone::openApp)
                            .code())
                    .isEqualTo(ErrorCode.EARNINGS_STATE);
        });
    }

    private static MiningSession only(TestPhone phone) {
        return phone.earnings
                .store()
                .collection(MiningSession.class)
                .find(Query.all())
                .records()
                .getFirst();
    }

    @Test
    void anAmountAboveRateAndTimeWaitsForAPerson() throws IOException {
        try (EarningsWorld world = new EarningsWorld(folder)) {
            TestPhone phone = world.phone("phone", "ann");
            phone.network = TestPhone.Network.UP;
            phone.earnings.initialize(EarningsWorld.RATE.number());
            world.run(Duration.ofSeconds(5));
            Instant now = world.time.instant();
            BigDecimal greedy = new BigDecimal("1000.00000000");
            MiningSession session = new MiningSession(
                    "s",
                    "ann",
                    "phone",
                    now.minusSeconds(3_600),
                    now,
                    Optional.empty(),
                    MiningSession.SERVER,
                    greedy,
                    greedy,
                    1,
                    CLOCK);
            phone.earnings.store().collection(MiningSession.class).put(session);
            world.run(Duration.ofSeconds(5));

            BigDecimal honest = EarningsWorld.coins(Duration.ofHours(1));
            assertThat(world.user("ann").current()).isEqualTo(honest);
            assertThat(world.user("ann").held()).isEqualTo(greedy.subtract(honest));
            assertThat(world.rows(EarningsSchema.REVIEWS, "ann"))
                    .extracting(EarningsReview::reason, EarningsReview::amount)
                    .containsExactly(org.assertj.core.api.Assertions.tuple(
                            Held.Reason.ABOVE_RATE.name(), greedy.subtract(honest)));
            assertThat(world.rows(EarningsSchema.DISCREPANCIES, "ann"))
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.kind()).isEqualTo(Kind.ABOVE_RATE);
                        assertThat(told.claimed()).contains(greedy);
                        assertThat(told.computed()).contains(honest);
                    });
        }
    }

    @Test
    void aClaimOfTheFutureIsPaidWhenItHasComeAndFlagged() throws IOException {
        try (EarningsWorld world = new EarningsWorld(folder)) {
            TestPhone phone = world.phone("phone", "ann");
            phone.network = TestPhone.Network.UP;
            phone.earnings.initialize(EarningsWorld.RATE.number());
            world.run(Duration.ofSeconds(5));
            phone.earnings.start();
            world.run(Duration.ofSeconds(60));
            Store store = phone.earnings.store();
            MiningSession session = store.collection(MiningSession.class)
                    .get(phone.earnings.audit(100).stream()
                            .filter(row -> row.operation().equals("start"))
                            .map(row -> row.metadata().json().replaceAll(".*\"session\":\"([^\"]+)\".*", "$1"))
                            .findFirst()
                            .orElseThrow())
                    .orElseThrow();
            store.collection(MiningSession.class)
                    .put(Fraud.timed(
                            session, session.startedAt(), session.lastUpdate().plusSeconds(7_200), Optional.empty()));
            world.run(Duration.ofSeconds(5));

            assertThat(world.user("ann").current()).isLessThanOrEqualTo(EarningsWorld.coins(Duration.ofSeconds(66)));
            assertThat(world.rows(EarningsSchema.DISCREPANCIES, "ann"))
                    .extracting(Discrepancy::kind)
                    .contains(Kind.TIME_AHEAD);
        }
    }
}
