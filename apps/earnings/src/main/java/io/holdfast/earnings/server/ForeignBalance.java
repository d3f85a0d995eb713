package io.holdfast.earnings.server;

import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.Situation;
import io.holdfast.core.value.Value;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Ledger;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.LedgerJson;
import io.holdfast.earnings.record.UserEarnings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What follows when another program wrote a user's record in SQL: what it granted counts as granted, a rate that it set counts from
 * now on, a user that it made gets his ledger, and the audit trail gets its row.
 */
record ForeignBalance(Situation situation, EarningsPolicy policy) {

    private static final BigDecimal MOST = new Coins(Coins.UNITS_MAX).number();

    List<ServerWrite> writes() {
        String id = situation.change().key().id();
        Optional<UserEarnings> before = Rows.read(EarningsSchema.USERS, id, situation.before());
        Optional<UserEarnings> after = Rows.read(EarningsSchema.USERS, id, situation.after());
        List<ServerWrite> writes = new ArrayList<>();
        after.map(user -> completed(before, user)).ifPresent(writes::add);
        boolean counts = before.isEmpty() || after.isEmpty() || counts(before.get(), after.get());
        if (counts) {
            writes.add(Rows.write(EarningsSchema.AUDIT, entry(before, after)));
        }
        return writes;
    }

    private static boolean counts(UserEarnings before, UserEarnings after) {
        return before.current().compareTo(after.current()) != 0 || before.rate().compareTo(after.rate()) != 0;
    }

    private ServerWrite completed(Optional<UserEarnings> before, UserEarnings user) {
        long now = situation.asker().nowMillis();
        Coins rate = Coins.of("earning_rate", user.rate());
        Terms standard = policy.terms(situation.asker().scope());
        Ledger ledger = kept(user)
                .orElseGet(() -> Ledger.begin(new Terms(rate, standard.cap(), standard.lookback()), now * 1_000));
        if (before.isPresent() && before.get().rate().compareTo(user.rate()) != 0) {
            ledger = ledger.withRates(ledger.rates().with(now * 1_000, rate));
        }
        BigDecimal granted = before.map(old -> user.current().subtract(old.current()))
                .orElse(BigDecimal.ZERO)
                .max(BigDecimal.ZERO);
        boolean told = situation.change().edit().cells().containsKey("total_earned");
        TreeMap<String, Value> values = new TreeMap<>();
        values.put(
                "ledger", new Value.Json(new LedgerJson(ledger, standard).json().json()));
        values.put("updated_at", new Value.Time(now * 1_000));
        if (!told && granted.signum() > 0) {
            values.put(
                    "total_earned", new Value.Decimal(user.total().add(granted).min(MOST)));
        }
        return new ServerWrite(situation.change().key(), values);
    }

    /** The user's ledger; absent if there is none, or none that the server could go on with. */
    private static Optional<Ledger> kept(UserEarnings user) {
        try {
            return user.ledger().isPresent() ? Optional.of(UserBooks.ledger(user)) : Optional.empty();
        } catch (IllegalArgumentException theirs) {
            return Optional.empty();
        }
    }

    private AuditEntry entry(Optional<UserEarnings> before, Optional<UserEarnings> after) {
        return new AuditEntry(
                situation.derivedId("audit-sql"),
                situation.asker().scope(),
                "sql",
                before.map(UserEarnings::current),
                after.map(UserEarnings::current),
                Instant.ofEpochMilli(situation.asker().nowMillis()),
                AuditEntry.RECONCILIATION,
                Notes.json(Map.of(
                        "fields",
                                String.join(
                                        ", ", situation.change().edit().cells().keySet()),
                        "rate", after.map(user -> user.rate().toPlainString()).orElse("none"))));
    }
}
