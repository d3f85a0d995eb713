package io.holdfast.earnings.server;

import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.Situation;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Ledger;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.LedgerJson;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One user's record as the server keeps it, with the ledger in it. Immutable. */
record UserBooks(Situation situation, UserEarnings user, Ledger ledger, Terms terms, boolean fresh) {

    /** The user's books as they stand; new ones if there are none, or only what a device wrote of itself. */
    static UserBooks open(Situation situation, EarningsPolicy policy) {
        String scope = situation.asker().scope();
        Terms terms = policy.terms(scope);
        RecordKey key = EarningsSchema.key(EarningsSchema.USERS, scope);
        RecordState state = situation.change().key().equals(key) ? situation.after() : situation.state(key);
        Optional<UserEarnings> known = Rows.read(EarningsSchema.USERS, scope, state);
        boolean decided = known.flatMap(UserEarnings::ledger).isPresent()
                && !situation.change().key().equals(key);
        return decided
                ? kept(situation, known.orElseThrow(), terms)
                : begin(situation, known.map(UserEarnings::startDate), terms);
    }

    private static UserBooks kept(Situation situation, UserEarnings user, Terms terms) {
        return new UserBooks(situation, user, ledger(user), terms, false);
    }

    /** The ledger in a user's record. */
    static Ledger ledger(UserEarnings user) {
        return books(user).ledger();
    }

    /** The terms in a user's record: those that his last claim was settled under. */
    static Terms terms(UserEarnings user) {
        return books(user).terms();
    }

    private static LedgerJson books(UserEarnings user) {
        return LedgerJson.read(
                user.ledger().orElseThrow(),
                Coins.of("current_earnings", user.current()),
                Coins.of("total_earned", user.total()));
    }

    private static UserBooks begin(Situation situation, Optional<Instant> told, Terms terms) {
        Instant now = Instant.ofEpochMilli(situation.asker().nowMillis());
        Ledger ledger = Ledger.begin(terms, Times.micros(now));
        BigDecimal nothing = Coins.ZERO.number();
        String scope = situation.asker().scope();
        Instant start = told.filter(at -> at.isBefore(now)).orElse(now);
        UserEarnings user = new UserEarnings(
                scope,
                scope,
                nothing,
                terms.rate().number(),
                terms.rate().number(),
                nothing,
                nothing,
                now,
                start,
                now,
                now,
                UserEarnings.SYNCED,
                Optional.of(now),
                0,
                Optional.of(new LedgerJson(ledger, terms).json()));
        return new UserBooks(situation, user, ledger, terms, true);
    }

    /** What follows from a user's first sign of life: he begins with nothing, at the policy's rate. */
    List<ServerWrite> begun() {
        return List.of(
                Rows.write(EarningsSchema.USERS, user),
                Notes.audit(
                        situation,
                        "initialize",
                        Optional.empty(),
                        user.current(),
                        Map.of("rate", terms.rate().toString())));
    }

    /** The user's record after a claim was settled. */
    ServerWrite settled(Ledger next, BigDecimal newlyHeld) {
        return Rows.write(
                EarningsSchema.USERS,
                after(user, next, terms, newlyHeld, situation.asker().nowMillis()));
    }

    /** A user's record after his ledger moved. */
    static UserEarnings after(UserEarnings user, Ledger next, Terms terms, BigDecimal heldMore, long nowMillis) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        BigDecimal held = user.held().add(heldMore);
        long settled = next.settled().spans().isEmpty()
                ? 0
                : next.settled().spans().getLast().until();
        Instant last = Times.instant(Math.max(settled, Times.micros(user.lastUpdate())));
        return new UserEarnings(
                user.id(),
                user.userId(),
                next.balance().coins().number(),
                next.rates().at(nowMillis * 1_000).number(),
                user.baseRate(),
                next.earned().coins().number(),
                held,
                last,
                user.startDate(),
                user.createdAt(),
                now,
                held.signum() == 0 ? UserEarnings.SYNCED : UserEarnings.PENDING,
                Optional.of(now),
                0,
                Optional.of(new LedgerJson(next, terms).json()));
    }

    /** Marks the user's record after a claim was refused, if he has one. */
    static Optional<ServerWrite> failed(Situation situation) {
        RecordKey key =
                EarningsSchema.key(EarningsSchema.USERS, situation.asker().scope());
        RecordState state = situation.state(key);
        if (!state.live()) {
            return Optional.empty();
        }
        long refused = state.value("retry_count") instanceof Value.Int count ? count.number() : 0;
        TreeMap<String, Value> values = new TreeMap<>();
        values.put("sync_status", new Value.Text(UserEarnings.FAILED));
        values.put("retry_count", new Value.Int(Math.min(Integer.MAX_VALUE, refused + 1)));
        values.put("last_sync_attempt", new Value.Time(situation.asker().nowMillis() * 1_000));
        return Optional.of(new ServerWrite(key, values));
    }
}
