package io.holdfast.earnings.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Rates;
import io.holdfast.earnings.amount.Span;
import io.holdfast.earnings.amount.Spans;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server owes for claimed time: on time, late, twice, in the future, in pieces. */
class SettlementTest {

    private static final long HOUR = 3_600_000_000L;
    private static final long T0 = 1_795_154_400_000_000L;
    private static final Coins RATE = Coins.parse("rate", "0.12345678");
    private static final Terms TERMS = Terms.of(RATE);

    private static Settlement settle(Ledger ledger, long begin, long until, long now) {
        return Settlement.of(ledger, new Claim(T0 + begin, T0 + until), T0 + now, TERMS);
    }

    private static Ledger begin() {
        return Ledger.begin(TERMS, T0);
    }

    @Test
    void timeIsPaidOnceOnHoweverManyDevices() {
        Ledger first = settle(begin(), 0, 2 * HOUR, 2 * HOUR).ledger();

        Settlement second = settle(first, HOUR, 3 * HOUR, 3 * HOUR);

        assertThat(second.granted()).isEqualTo(HOUR);
        assertThat(second.repeated()).isEqualTo(HOUR);
        assertThat(second.ledger().balance()).isEqualTo(Accrued.of(RATE, 3 * HOUR));
    }

    @Test
    void theFutureEarnsNothingUntilItHasCome() {
        Settlement early = settle(begin(), 0, 10 * HOUR, 2 * HOUR);
        assertThat(early.granted()).isEqualTo(2 * HOUR);
        assertThat(early.until()).isEqualTo(T0 + 2 * HOUR);

        Settlement later = settle(early.ledger(), 2 * HOUR, 10 * HOUR, 10 * HOUR);

        assertThat(later.ledger().balance()).isEqualTo(Accrued.of(RATE, 10 * HOUR));
    }

    @Test
    void whatIsClaimedAfterMoreThanAWeekWaitsForAPerson() {
        Settlement late = settle(begin(), 0, HOUR, 9 * 24 * HOUR);

        assertThat(late.grant()).isEqualTo(Accrued.ZERO);
        assertThat(late.held()).containsExactly(new Held(new Span(T0, T0 + HOUR), Held.Reason.TOO_LATE, RATE));
    }

    @Test
    void aBalanceThatWouldNotFitItsColumnWaitsForAPerson() {
        Ledger rich = begin().granted(Accrued.stored(new Coins(Coins.UNITS_MAX), 0));

        Settlement more = settle(rich, 0, HOUR, HOUR);

        assertThat(more.ledger().balance()).isEqualTo(rich.balance());
        assertThat(more.held()).extracting(Held::reason).containsExactly(Held.Reason.BALANCE_LIMIT);
    }

    @Test
    void aRateThatChangedMeanwhileCountsFromWhenItChanged() {
        Coins twice = new Coins(RATE.units() * 2);
        Ledger raised = begin().withRates(Rates.constant(RATE).with(T0 + HOUR, twice));

        assertThat(settle(raised, 0, 3 * HOUR, 3 * HOUR).ledger().balance())
                .isEqualTo(Accrued.of(RATE, HOUR).plus(Accrued.of(twice, 2 * HOUR)));
    }

    /** A claim: which time, and how long after it the server hears of it. */
    private record Told(long begin, long length, long after) {}

    private static final Gen<Told> CLAIMS =
            Gens.zip(Gens.longs(0, 100 * HOUR), Gens.longs(0, 60 * HOUR), Gens.longs(-5 * HOUR, 200 * HOUR), Told::new);

    @Test
    void M16_noClaimsGetMoreThanRateTimesTimeThatPassed() {
        Property.of("M16").tries(1_500).forAll(CLAIMS.list(0, 15), claims -> {
            Ledger ledger = begin();
            long latest = 0;
            for (Told told : claims) {
                long until = told.begin() + told.length();
                long now = Math.max(latest, until + told.after());
                latest = now;
                Accrued before = ledger.balance();
                Settlement settled = settle(ledger, told.begin(), until, now);
                ledger = settled.ledger();
                assertThat(ledger.balance()).isGreaterThanOrEqualTo(before);
                assertThat(ledger.balance()).isLessThanOrEqualTo(Accrued.of(RATE, now));
                long cap = TERMS.capMicros();
                assertThat(ledger.balance()).isLessThanOrEqualTo(Accrued.of(RATE, cap + now));
                assertThat(settled.granted()).isLessThanOrEqualTo(cap);
            }
        });
    }

    /** Spans are forgotten by the server's clock: when that is set back, what was paid lies within the lookback again. */
    @Test
    void M16_noMomentIsPaidTwiceHoweverTheServersClockIsSet() {
        Gen<Long> clock = Gens.longs(0, 20 * 24 * HOUR);
        Gen<Told> claim = Gens.zip(Gens.longs(0, 100 * HOUR), Gens.longs(1, 20 * HOUR), clock, Told::new);
        Property.of("once").tries(1_500).forAll(claim.list(2, 8), claims -> {
            Ledger ledger = begin();
            Spans claimed = Spans.NONE;
            long granted = 0;
            for (Told told : claims) {
                Settlement settled = settle(ledger, told.begin(), told.begin() + told.length(), told.after());
                claimed = claimed.plus(new Span(told.begin(), told.begin() + told.length()));
                granted += settled.granted();
                assertThat(granted).isLessThanOrEqualTo(claimed.micros());
                ledger = settled.ledger();
            }
        });
    }

    @Test
    void everyMicrosecondOfThePastIsGrantedHeldOrKnown() {
        Property.of("nothing is dropped").tries(1_500).forAll(CLAIMS.list(0, 15), claims -> {
            Ledger ledger = begin();
            long latest = 0;
            for (Told told : claims) {
                long until = told.begin() + told.length();
                latest = Math.max(latest, until + told.after());
                Settlement settled = settle(ledger, told.begin(), until, latest);
                long past = Math.max(0, Math.min(until, latest) - told.begin());
                long held = settled.held().stream()
                        .mapToLong(one -> one.span().micros())
                        .sum();
                assertThat(settled.granted() + held + settled.repeated()).isEqualTo(past);
                ledger = settled.ledger();
                Settlement again = settle(ledger, told.begin(), until, latest);
                assertThat(again.granted()).isZero();
            }
        });
    }

    @Test
    void M26_anOfflinePeriodEarnsAtMostTheCapHoweverItIsClaimed() {
        Gen<Long> offline = Gens.longs(0, 160 * HOUR);
        Gen<List<Long>> cuts = Gens.longs(1, 40 * HOUR).list(0, 12);
        Property.of("M26").tries(1_500).forAll(Gens.longs(0, 30 * HOUR), offline, cuts, (online, away, pieces) -> {
            Ledger ledger = begin();
            // Mines online at first: the allowance is always full then.
            for (long at = 0; at < online; at += HOUR) {
                ledger = settle(ledger, at, Math.min(online, at + HOUR), Math.min(online, at + HOUR))
                        .ledger();
            }
            long back = online + away;
            long at = online;
            long granted = 0;
            long held = 0;
            List<Long> ends = new ArrayList<>();
            for (long piece : pieces) {
                ends.add(Math.min(back, (ends.isEmpty() ? online : ends.getLast()) + piece));
            }
            ends.add(back);
            for (long end : ends) {
                Settlement settled = settle(ledger, at, end, back);
                granted += settled.granted();
                held += settled.held().stream()
                        .mapToLong(one -> one.span().micros())
                        .sum();
                ledger = settled.ledger();
                at = end;
            }
            long cap = TERMS.capMicros();
            assertThat(granted).isEqualTo(Math.min(cap, away));
            assertThat(held).isEqualTo(Math.max(0, away - cap));
            assertThat(ledger.balance()).isEqualTo(Accrued.of(RATE, online + granted));
        });
    }

    @Test
    void M28_whatAnOfflinePeriodEarnsBeyondTheCapIsHeldForAPersonToTheLastDigit() {
        Property.of("M28").tries(1_500).forAll(Gens.longs(1, 100 * HOUR), Gens.longs(1, 30 * HOUR), (away, capped) -> {
            Terms terms = TERMS.withCap(Duration.ofNanos(capped * 1_000));
            Ledger ledger = Ledger.begin(terms, T0);
            Settlement settled = Settlement.of(ledger, new Claim(T0, T0 + away), T0 + away, terms);
            assertThat(settled.grant()).isEqualTo(Accrued.of(RATE, Math.min(away, capped)));
            if (away <= capped) {
                assertThat(settled.held()).isEmpty();
            } else {
                Span rest = new Span(T0 + capped, T0 + away);
                assertThat(settled.held())
                        .containsExactly(new Held(
                                rest,
                                Held.Reason.OFFLINE_CAP,
                                Accrued.of(RATE, rest.micros()).coins()));
            }
        });
    }

    @Test
    void aSettlementOfMoreGapsThanAreKeptHoldsWhatItCannotTell() {
        Ledger ledger = begin();
        long minute = HOUR / 60;
        long spans = Ledger.SPANS_MAX + 10;
        for (long i = 0; i < spans; i++) {
            ledger = settle(ledger, 2 * i * minute, (2 * i + 1) * minute, 2 * spans * minute)
                    .ledger();
        }

        assertThat(ledger.settled().spans()).hasSize(Ledger.SPANS_MAX);
        Settlement first = settle(ledger, 0, minute, 2 * spans * minute);
        assertThat(first.granted()).isZero();
        assertThat(first.held()).extracting(Held::reason).containsExactly(Held.Reason.TOO_LATE);
    }
}
