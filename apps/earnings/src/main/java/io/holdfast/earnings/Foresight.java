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

/**
 * What the server will make of what this device knows: the server's own function, over the ledger as the server told it last and
 * the sessions as they stand here. Pure.
 */
final class Foresight {

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
     * @param running the session that runs on this device: it reaches until now
     */
    Foreseen foresee(
            List<MiningSession> sessions,
            Function<String, Optional<MiningSettlement>> settled,
            Optional<String> running,
            long nowMicros) {
        Ledger ledger = books.ledger();
        BigDecimal held = user.held();
        for (MiningSession session : sessions) {
            long start = Times.micros(session.startedAt());
            long begin = settled.apply(session.id())
                    .map(known -> Times.micros(known.settledUntil()))
                    .orElse(start);
            boolean runs = running.filter(session.id()::equals).isPresent();
            long until = Math.max(begin, runs ? nowMicros : reached(session));
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
