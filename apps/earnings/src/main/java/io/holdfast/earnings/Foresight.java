package io.holdfast.earnings;

import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Claim;
import io.holdfast.earnings.ledger.Ledger;
import io.holdfast.earnings.ledger.Settlement;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.LedgerJson;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the server will make of what this device knows: the server's own function, over the ledger as the server told it last and
 * the sessions as they stand here. Pure.
 */
final class Foresight {

    /** Between the end of a claim and the server's clock lies at most this, if nothing is amiss. */
    static final long RECLAIM_MICROS = 1_000_000;

    private final UserEarnings user;
    private final LedgerJson books;

    Foresight(UserEarnings user) {
        this.user = user;
        books = books(user);
    }

    /** What came of it. */
    record Foreseen(Ledger ledger, BigDecimal held) {}

    /** The server's books; for a user it has not seen yet, those it will begin with. */
    static LedgerJson books(UserEarnings user) {
        Coins current = Coins.of("current_earnings", user.current());
        Coins total = Coins.of("total_earned", user.total());
        return user.ledger().map(json -> LedgerJson.read(json, current, total)).orElseGet(() -> {
            Terms terms = Terms.of(Coins.of("earning_rate", user.rate()));
            return new LedgerJson(Ledger.begin(terms, Times.micros(user.createdAt())), terms);
        });
    }

    /**
     * Settles every session as the server will.
     *
     * @param settled what the server has settled of a session already
     * @param unsent whether the server has not seen a session as it stands here
     * @param running the session that runs on this device: it reaches until now
     */
    Foreseen foresee(
            List<MiningSession> sessions,
            Function<String, Optional<MiningSettlement>> settled,
            Predicate<String> unsent,
            Optional<String> running,
            long nowMicros) {
        Ledger ledger = books.ledger();
        BigDecimal held = user.held();
        for (MiningSession session : sessions) {
            long start = Times.micros(session.startedAt());
            Optional<MiningSettlement> known = settled.apply(session.id());
            long begin = known.map(so -> Times.micros(so.settledUntil())).orElse(start);
            boolean runs = running.filter(session.id()::equals).isPresent();
            // Of a session that ended at a time that had not come, the server has settled what it ever will.
            boolean over = known.isPresent()
                    && !session.open()
                    && !unsent.test(session.id())
                    && reached(session) - begin > RECLAIM_MICROS;
            long until = over ? begin : Math.max(begin, runs ? nowMicros : reached(session));
            Settlement foreseen = Settlement.of(ledger, new Claim(begin, until), nowMicros, books.terms());
            ledger = foreseen.ledger();
            held = foreseen.held().stream().map(one -> one.amount().number()).reduce(held, BigDecimal::add);
        }
        return new Foreseen(ledger, held);
    }

    static long reached(MiningSession session) {
        long until = Times.micros(session.lastUpdate());
        return session.endedAt().map(end -> Math.min(until, Times.micros(end))).orElse(until);
    }
}
