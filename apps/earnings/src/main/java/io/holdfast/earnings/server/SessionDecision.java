package io.holdfast.earnings.server;

import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.Situation;
import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Span;
import io.holdfast.earnings.ledger.Claim;
import io.holdfast.earnings.ledger.Held;
import io.holdfast.earnings.ledger.Settlement;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows from a session's claim: settles its time, and puts before a person what is not simply paid. One decision. */
final class SessionDecision {

    /** Clocks that are right differ by so much. */
    private static final long TOLERANCE_MICROS = 60_000_000;

    /** A device rounds each of its sums down as the server does; more than this is no rounding. */
    private static final long TOLERANCE_UNITS = 1;

    private final Situation situation;
    private final MiningSession session;
    private final UserBooks books;
    private final long nowMicros;
    private final Optional<MiningSettlement> before;
    private final List<ServerWrite> writes = new ArrayList<>();

    SessionDecision(Situation situation, MiningSession session, UserBooks books) {
        this.situation = situation;
        this.session = session;
        this.books = books;
        nowMicros = situation.asker().nowMillis() * 1_000;
        before = Rows.read(
                EarningsSchema.SETTLEMENTS,
                session.id(),
                situation.state(EarningsSchema.key(EarningsSchema.SETTLEMENTS, session.id())));
    }

    List<ServerWrite> writes() {
        if (books.fresh()) {
            writes.addAll(books.begun());
        }
        if (session.timedBy().equals(MiningSession.DEVICE)) {
            // Nobody can check these times. The device tells them again by the server's clock, which it knows from now
            // on.
            writes.add(audit(books.user().current(), Map.of("untimed", "true")));
            return writes;
        }
        long start = Times.micros(session.startedAt());
        long begin = before.map(known -> Times.micros(known.settledUntil())).orElse(start);
        Claim claim = new Claim(begin, Math.max(begin, claimedUntil()));
        Settlement settled = Settlement.of(books.ledger(), claim, nowMicros, books.terms());
        BigDecimal held = held(settled);
        BigDecimal questioned = questioned(new Span(start, Math.max(start, toldUntil())));
        writes.add(books.settled(settled.ledger(), held.add(questioned)));
        writes.add(settlement(settled, held, questioned));
        writes.add(audit(settled.ledger().balance().coins().number(), outcome(settled)));
        doubts();
        return writes;
    }

    private long claimedUntil() {
        return until(0);
    }

    /** A device needs a moment to hear that another has ended its session. What it claims meanwhile is not paid, and asks nobody. */
    private long toldUntil() {
        return until(TOLERANCE_MICROS);
    }

    /** As far as the session reaches, but no further beyond its end than so many microseconds. */
    private long until(long afterEnd) {
        long until = Times.micros(session.lastUpdate());
        return session.endedAt()
                .map(end -> Math.min(until, Times.micros(end) + afterEnd))
                .orElse(until);
    }

    /** Opens a review for each stretch that is held. */
    private BigDecimal held(Settlement settled) {
        BigDecimal sum = BigDecimal.ZERO;
        int number = 0;
        for (Held one : settled.held()) {
            writes.add(review(situation.derivedId("held-" + number++), one.reason(), one.span(), one.amount()));
            sum = sum.add(one.amount().number());
        }
        return sum;
    }

    /** What the device claims above rate and time, as far as nobody was asked yet. */
    private BigDecimal questioned(Span whole) {
        Accrued limit = books.ledger().rates().over(whole);
        Coins computed = limit.fits() ? limit.coins() : new Coins(Coins.UNITS_MAX);
        Coins claimed = Coins.of("earned", session.earned());
        long above = claimed.units() - computed.units();
        if (above <= TOLERANCE_UNITS) {
            return BigDecimal.ZERO;
        }
        Coins asked =
                Coins.of("questioned", before.map(MiningSettlement::questioned).orElse(BigDecimal.ZERO));
        if (above <= asked.units()) {
            return BigDecimal.ZERO;
        }
        writes.add(Notes.discrepancy(
                situation,
                Discrepancy.Kind.ABOVE_RATE,
                Optional.of(claimed),
                Optional.of(computed),
                Map.of(
                        "session_rate", session.rate().toPlainString(),
                        "rate", books.user().rate().toPlainString())));
        Coins more = new Coins(above - asked.units());
        writes.add(review(situation.derivedId("above"), Held.Reason.ABOVE_RATE, whole, more));
        return more.number();
    }

    private ServerWrite review(String id, Held.Reason reason, Span span, Coins amount) {
        return Rows.write(
                EarningsSchema.REVIEWS,
                new EarningsReview(
                        id,
                        situation.asker().scope(),
                        session.id(),
                        reason.name(),
                        Times.instant(span.from()),
                        Times.instant(span.until()),
                        amount.number(),
                        EarningsReview.OPEN,
                        now(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private ServerWrite settlement(Settlement settled, BigDecimal held, BigDecimal questioned) {
        Coins balance = books.ledger().balance().coins();
        BigDecimal granted = settled.ledger().balance().coins().number().subtract(balance.number());
        return Rows.write(
                EarningsSchema.SETTLEMENTS,
                new MiningSettlement(
                        session.id(),
                        situation.asker().scope(),
                        Times.instant(settled.until()),
                        before.map(MiningSettlement::granted)
                                .orElse(Coins.ZERO.number())
                                .add(granted),
                        before.map(MiningSettlement::held)
                                .orElse(Coins.ZERO.number())
                                .add(held),
                        before.map(MiningSettlement::questioned)
                                .orElse(Coins.ZERO.number())
                                .add(questioned)));
    }

    private ServerWrite audit(BigDecimal balance, Map<String, String> more) {
        return Notes.audit(situation, "claim", Optional.of(books.user().current()), balance, more);
    }

    private Map<String, String> outcome(Settlement settled) {
        long heldMicros =
                settled.held().stream().mapToLong(one -> one.span().micros()).sum();
        return Map.of(
                "session", session.id(),
                "claimed_until", session.lastUpdate().toString(),
                "settled_until", Times.instant(settled.until()).toString(),
                "granted_micros", Long.toString(settled.granted()),
                "repeated_micros", Long.toString(settled.repeated()),
                "held_micros", Long.toString(heldMicros));
    }

    private void doubts() {
        if (claimedUntil() > nowMicros + TOLERANCE_MICROS) {
            writes.add(doubt(Discrepancy.Kind.TIME_AHEAD, now()));
        }
        session.endedAt()
                .filter(end -> session.lastUpdate().isAfter(end.plusMillis(TOLERANCE_MICROS / 1_000)))
                .ifPresent(end -> writes.add(doubt(Discrepancy.Kind.AFTER_END, end)));
    }

    private ServerWrite doubt(Discrepancy.Kind kind, Instant limit) {
        return Notes.discrepancy(
                situation,
                kind,
                Optional.of(Coins.of("earned", session.earned())),
                Optional.empty(),
                Map.of(
                        "last_update", session.lastUpdate().toString(),
                        "limit", limit.toString(),
                        "replica", situation.asker().replica()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(situation.asker().nowMillis());
    }
}
