package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.earnings.server.ReviewDesk;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, their phones and the server, in the situations that they know. */
class EarningsManagerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    /** Online every half minute costs an exchange: that is why these are short. */
    private static final Duration SPELL = Duration.ofMinutes(8);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Principal REVIEWER = new Principal("rita", Role.OPERATOR);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private EarningsWorld world;

    @BeforeEach
    void begin() {
        world = new EarningsWorld(folder);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private TestPhone phone(String name, String user) {
        TestPhone phone = world.phone(name, user);
        phone.network = TestPhone.Network.UP;
        phone.earnings.initialize(EarningsWorld.RATE.number());
        world.run(Duration.ofSeconds(2));
        return phone;
    }

    private static BigDecimal spells(long spells) {
        return EarningsWorld.coins(SPELL.multipliedBy(spells));
    }

    private static BigDecimal hours(long hours) {
        return EarningsWorld.coins(HOUR.multipliedBy(hours));
    }

    @Test
    void minesOnlineAndTheServerAgreesToTheLastDigit() {
        TestPhone phone = phone("phone", "ann");
        phone.earnings.start();
        world.run(SPELL);
        assertThat(phone.earnings.state().currentEarnings()).isEqualTo(spells(1));

        phone.earnings.stop();
        world.run(MINUTE);

        EarningsState state = phone.earnings.state();
        assertThat(state.active()).isFalse();
        assertThat(state.syncStatus()).isEqualTo(EarningsState.SyncState.SYNCED);
        assertThat(world.user("ann").current()).isEqualTo(spells(1));
        assertThat(state.confirmedEarnings()).isEqualTo(state.currentEarnings());
    }

    @Test
    void aLongOfflinePeriodIsCappedAndAPersonGrantsTheRest() {
        TestPhone phone = phone("phone", "ann");
        phone.network = TestPhone.Network.DOWN;
        phone.earnings.start();
        world.run(HOUR.multipliedBy(30));
        assertThat(phone.earnings.state().currentEarnings()).isEqualTo(hours(24));
        assertThat(phone.earnings.state().heldEarnings()).isEqualTo(hours(6));
        phone.earnings.stop();
        phone.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(6));

        assertThat(world.user("ann").current()).isEqualTo(hours(24));
        assertThat(world.user("ann").syncStatus()).isEqualTo(UserEarnings.PENDING);
        EarningsReview review = phone.earnings.reviews(10).getFirst();
        assertThat(review.amount()).isEqualTo(hours(6));
        world.desk.decide(REVIEWER, "ann", review.id(), verdict(EarningsReview.ACCEPTED));
        world.run(MINUTE.multipliedBy(2));

        assertThat(phone.earnings.state().currentEarnings()).isEqualTo(hours(30));
        assertThat(phone.earnings.state().heldEarnings()).isEqualByComparingTo("0");
        assertThat(world.user("ann").syncStatus()).isEqualTo(UserEarnings.SYNCED);
        assertThat(phone.earnings.reviews(10).getFirst().decidedBy()).contains("rita");
        assertThat(world.rows(EarningsSchema.AUDIT, "ann"))
                .filteredOn(row -> row.source().equals(AuditEntry.RECONCILIATION))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.oldValue()).contains(hours(24));
                    assertThat(row.newValue()).contains(hours(30));
                });
        HoldfastException again = catchThrowableOfType(
                HoldfastException.class,
                () -> world.desk.decide(REVIEWER, "ann", review.id(), verdict(EarningsReview.REJECTED)));
        assertThat(again.code()).isEqualTo(ErrorCode.EARNINGS_REVIEW);
    }

    private static ReviewDesk.Verdict verdict(String status) {
        return new ReviewDesk.Verdict(status, Optional.empty(), "seen the logs");
    }

    @Test
    void aReviewerGrantsAnotherAmountOrNothing() {
        TestPhone phone = phone("phone", "ann");
        phone.network = TestPhone.Network.DOWN;
        phone.earnings.start();
        world.run(HOUR.multipliedBy(26));
        phone.earnings.stop();
        phone.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(6));
        String review = phone.earnings.reviews(10).getFirst().id();

        EarningsReview decided = world.desk.decide(
                REVIEWER,
                "ann",
                review,
                new ReviewDesk.Verdict(EarningsReview.ADJUSTED, Optional.of(new Coins(7)), "half"));

        assertThat(decided.granted()).contains(new Coins(7).number());
        assertThat(world.user("ann").current()).isEqualTo(hours(24).add(new BigDecimal("0.00000007")));
        assertThat(world.user("ann").held()).isEqualByComparingTo("0");
    }

    @Test
    void twoPhonesOfOneUserEarnForEachMomentOnce() {
        TestPhone first = phone("first", "ann");
        TestPhone second = phone("second", "ann");
        first.network = TestPhone.Network.DOWN;
        first.earnings.start();
        world.run(SPELL);
        second.earnings.start();
        world.run(SPELL);
        first.earnings.stop();
        world.run(SPELL);
        second.earnings.stop();
        first.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(7));

        assertThat(world.user("ann").current()).isEqualTo(spells(3));
        assertThat(first.earnings.state().currentEarnings()).isEqualTo(spells(3));
        assertThat(second.earnings.state().currentEarnings()).isEqualTo(spells(3));
    }

    @Test
    void aSessionThatIsStoppedOnAnotherPhoneEnds() {
        TestPhone first = phone("first", "ann");
        TestPhone second = phone("second", "ann");
        first.earnings.start();
        world.run(SPELL);

        second.earnings.stop();
        world.run(MINUTE.multipliedBy(2));

        assertThat(first.earnings.state().active()).isFalse();
        assertThat(world.user("ann").current()).isEqualTo(spells(1));
        assertThat(first.earnings.state().currentEarnings()).isEqualTo(spells(1));
    }

    /** A phone that mined for a spell and lost the network, just before another phone ended its session. */
    private TestPhone endedByAnotherMeanwhile() {
        TestPhone first = phone("first", "ann");
        TestPhone second = phone("second", "ann");
        first.earnings.start();
        world.run(SPELL);
        first.network = TestPhone.Network.DOWN;
        second.earnings.stop();
        return first;
    }

    @Test
    void theMomentUntilAPhoneHearsThatAnotherEndedItsSessionAsksNobody() {
        TestPhone first = endedByAnotherMeanwhile();
        world.run(Duration.ofSeconds(30));
        first.restartApp();
        first.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(6));

        world.level(first, spells(1));
        assertThat(world.rows(EarningsSchema.SESSIONS, "ann"))
                .allMatch(session ->
                        session.lastUpdate().isAfter(session.endedAt().orElseThrow()));
        assertThat(world.rows(EarningsSchema.REVIEWS, "ann")).isEmpty();
        assertThat(world.rows(EarningsSchema.DISCREPANCIES, "ann")).isEmpty();
    }

    @Test
    void whatIsMinedAfterTheEndOnAnotherPhoneIsNotGrantedButTold() {
        TestPhone first = endedByAnotherMeanwhile();
        world.run(SPELL);
        first.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(6));

        assertThat(world.user("ann").current()).isEqualTo(spells(1));
        assertThat(world.rows(EarningsSchema.DISCREPANCIES, "ann"))
                .extracting(Discrepancy::kind)
                .contains(Discrepancy.Kind.AFTER_END);
    }

    @Test
    void aRateThatWasChangedMeanwhileCountsFromWhenItChanged() {
        TestPhone phone = phone("phone", "ann");
        phone.earnings.start();
        world.run(SPELL);
        phone.network = TestPhone.Network.DOWN;
        world.desk.setRate(REVIEWER, "ann", new Coins(EarningsWorld.RATE.units() * 2), "a gift");
        world.run(SPELL);
        phone.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(6));
        phone.earnings.stop();
        world.run(MINUTE);

        Duration raised = SPELL.plusMinutes(6);
        assertThat(world.user("ann").current())
                .isEqualTo(EarningsWorld.coins(SPELL.plusSeconds(0).plus(raised).plus(raised)));
        assertThat(phone.earnings.state().currentEarnings())
                .isEqualTo(world.user("ann").current());
    }

    @Test
    void aDeviceWhoseClockWasWrongFromTheBeginningLosesNothing() {
        TestPhone phone = world.phone("phone", "ann");
        phone.set(Duration.ofHours(-9));
        phone.earnings.initialize(EarningsWorld.RATE.number());
        phone.earnings.start();
        world.run(HOUR);
        phone.earnings.stop();
        world.run(HOUR);
        phone.earnings.start();
        world.run(HOUR);
        phone.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(6));
        phone.earnings.stop();
        world.run(MINUTE);

        assertThat(world.user("ann").current())
                .isEqualTo(EarningsWorld.coins(HOUR.multipliedBy(2).plusMinutes(6)));
        assertThat(phone.earnings.state().currentEarnings())
                .isEqualTo(world.user("ann").current());
    }

    @Test
    void aServerWhoseClockIsSetBackAndForthPaysNothingTwice() {
        TestPhone phone = phone("phone", "ann");
        phone.earnings.start();
        world.run(SPELL);
        world.serverError = Duration.ofMinutes(-30);
        world.run(SPELL);
        world.serverError = Duration.ZERO;
        world.run(SPELL);
        phone.earnings.stop();
        world.run(MINUTE);

        assertThat(world.user("ann").current()).isLessThanOrEqualTo(spells(3));
        assertThat(phone.earnings.audit(1_000))
                .filteredOn(row -> row.metadata().json().contains("SERVER_MOVED"))
                .isNotEmpty();
    }

    @Test
    void aTimeThatIsTakenBackEndsNoSessionBeforeItsPay() {
        TestPhone phone = phone("phone", "ann");
        phone.earnings.start();
        world.run(SPELL);
        world.serverError = Duration.ofSeconds(-40);
        world.run(Duration.ofSeconds(35));
        phone.earnings.stop();
        world.run(MINUTE);

        MiningSession session = world.rows(EarningsSchema.SESSIONS, "ann").getFirst();
        MiningSettlement settled = world.rows(EarningsSchema.SETTLEMENTS, "ann").getFirst();
        assertThat(session.endedAt()).contains(settled.settledUntil());
        assertThat(world.user("ann").current()).isEqualTo(session.earned());
        assertThat(world.rows(EarningsSchema.REVIEWS, "ann")).isEmpty();
    }

    @Test
    void refusesASecondSessionAndAStopWithoutOne() {
        TestPhone phone = phone("phone", "ann");
        assertThat(code(() -> phone.earnings.stop())).isEqualTo(ErrorCode.EARNINGS_SESSION);
        phone.earnings.start();
        assertThat(code(() -> phone.earnings.start())).isEqualTo(ErrorCode.EARNINGS_SESSION);
        TestPhone fresh = world.phone("fresh", "bob");
        assertThat(code(() -> fresh.earnings.start())).isEqualTo(ErrorCode.NOT_FOUND);
    }

    private static ErrorCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(HoldfastException.class, call).code();
    }

    @Test
    void theServerDecidesTheRateWhateverADeviceSays() {
        TestPhone phone = world.phone("phone", "ann");
        phone.network = TestPhone.Network.UP;
        phone.earnings.initialize(new BigDecimal("1000000"));
        world.run(MINUTE);

        assertThat(world.user("ann").rate()).isEqualTo(EarningsWorld.RATE.number());
        assertThat(phone.earnings.state().rate()).isEqualTo(EarningsWorld.RATE.number());
    }

    @Test
    void aSecondPhoneThatBeginsOfflineTakesTheServersRecord() {
        TestPhone first = phone("first", "ann");
        first.earnings.start();
        world.run(SPELL);
        first.earnings.stop();
        world.run(MINUTE);
        TestPhone second = world.phone("second", "ann");
        second.earnings.initialize(new BigDecimal("9"));
        second.network = TestPhone.Network.UP;
        world.run(Duration.ofMinutes(6));

        assertThat(second.earnings.state().currentEarnings()).isEqualTo(spells(1));
        assertThat(world.rows(EarningsSchema.USERS, "ann")).hasSize(1);
        // What the second phone had believed is kept.
        assertThat(second.earnings.conflicts(10)).isNotEmpty();
    }

    @Test
    void claimsNeverCrossUsersOnAPhoneThatTheyShare() {
        TestPhone ann = phone("shared", "ann");
        TestPhone bob = phone("shared", "bob");
        ann.earnings.start();
        world.run(SPELL);
        bob.earnings.start();
        world.run(SPELL);
        ann.earnings.stop();
        bob.earnings.stop();
        world.run(MINUTE);

        assertThat(world.user("ann").current()).isEqualTo(spells(2));
        assertThat(world.user("bob").current()).isEqualTo(spells(1));
        List<MiningSession> sessions = world.rows(EarningsSchema.SESSIONS, "bob");
        assertThat(sessions).extracting(MiningSession::userId).containsOnly("bob");
    }
}
