package io.holdfast.earnings.migration;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Ledger;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.LedgerJson;
import io.holdfast.earnings.record.Scopes;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.earnings.server.Notes;
import io.holdfast.earnings.server.Rows;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of the old table, as Holdfast counts.
 *
 * @param user as the old table has him
 * @param units of the eighth digit that he has, as digits
 * @param rate units an hour, as digits
 * @param lastUpdate microseconds since 1970
 * @param startDate the same
 */
record OldRow(
        String user,
        Optional<String> units,
        Optional<String> rate,
        Optional<Long> lastUpdate,
        Optional<Long> startDate) {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /**
     * What the server writes to have the user: his record with everything that the old table lacked, and the row of the audit trail.
     *
     * @param standard for what the old table does not say
     * @throws HoldfastException if the row cannot be a user's record
     */
    List<ServerWrite> writes(Terms standard, Instant now) {
        String scope = Scopes.of(user);
        Coins amount = coins("current_earnings", units).orElse(Coins.ZERO);
        Coins hourly = coins("earning_rate", rate).orElse(standard.rate());
        Terms terms = new Terms(hourly, standard.cap(), standard.lookback());
        Instant updated = time("last_update", lastUpdate).filter(now::isAfter).orElse(now);
        Instant begun = time("start_date", startDate).filter(updated::isAfter).orElse(updated);
        Ledger ledger = Ledger.begin(terms, Times.micros(now)).granted(Accrued.stored(amount, 0));
        UserEarnings record = new UserEarnings(
                scope,
                scope,
                amount.number(),
                hourly.number(),
                hourly.number(),
                amount.number(),
                BigDecimal.ZERO.setScale(Coins.SCALE),
                updated,
                begun,
                begun,
                now,
                UserEarnings.SYNCED,
                Optional.empty(),
                0,
                Optional.of(new LedgerJson(ledger, terms).json()));
        AuditEntry entry = new AuditEntry(
                "migrate-" + Times.micros(now),
                scope,
                "migrate",
                Optional.empty(),
                Optional.of(amount.number()),
                now,
                AuditEntry.RECONCILIATION,
                told());
        return List.of(Rows.write(EarningsSchema.USERS, record), Rows.write(EarningsSchema.AUDIT, entry));
    }

    private JsonText told() {
        return Notes.json(Map.of(
                "current_earnings", units.orElse("null"),
                "earning_rate", rate.orElse("null"),
                "last_update", lastUpdate.map(at -> Long.toString(at)).orElse("null"),
                "start_date", startDate.map(at -> Long.toString(at)).orElse("null")));
    }

    private static Optional<Coins> coins(String field, Optional<String> units) {
        return units.map(digits -> {
            Coins.parse(field, new BigDecimal(digits).movePointLeft(Coins.SCALE).toPlainString());
            return new Coins(Long.parseLong(digits));
        });
    }

    private static Optional<Instant> time(String field, Optional<Long> micros) {
        try {
            return micros.map(Times::instant).filter(at -> !at.isBefore(EARLIEST));
        } catch (DateTimeException | ArithmeticException beyond) {
            throw new IllegalArgumentException(field + " is out of range", beyond);
        }
    }
}
