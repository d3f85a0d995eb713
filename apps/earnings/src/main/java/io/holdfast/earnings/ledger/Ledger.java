package io.holdfast.earnings.ledger;

import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Rates;
import io.holdfast.earnings.amount.Span;
import io.holdfast.earnings.amount.Spans;
import java.util.ArrayList;
import java.util.List;

/**
 * One user's account with the server: what he has, at which rates he earns, and which time is settled, so that no moment is paid
 * twice, on however many devices he mines. Immutable.
 *
 * @param balance that he can spend
 * @param earned that he was ever granted
 * @param settled time that was granted or is held
 * @param horizon time before it is not settled one by one any more: what is claimed of it is held
 * @param allowance time that may still be granted at once
 */
public record Ledger(Accrued balance, Accrued earned, Rates rates, Spans settled, long horizon, Allowance allowance) {

    /** Most spans that are kept; the oldest make room, and the horizon moves past them. */
    static final int SPANS_MAX = 256;

    /** A user who begins now. */
    public static Ledger begin(Terms terms, long nowMicros) {
        return new Ledger(
                Accrued.ZERO,
                Accrued.ZERO,
                Rates.constant(terms.rate()),
                Spans.NONE,
                Long.MIN_VALUE,
                new Allowance(terms.capMicros(), nowMicros));
    }

    /** The same user with so much more. */
    public Ledger granted(Accrued grant) {
        return new Ledger(balance.plus(grant), earned.plus(grant), rates, settled, horizon, allowance);
    }

    /** The same user at other rates. */
    public Ledger withRates(Rates next) {
        return new Ledger(balance, earned, next, settled, horizon, allowance);
    }

    /** The same user with a span settled and an allowance left; spans before the horizon are forgotten. */
    Ledger settled(Span span, long oldest, Allowance left) {
        List<Span> kept = new ArrayList<>(settled.plus(span).spans());
        long next = Math.max(horizon, oldest);
        kept.removeIf(old -> old.until() <= oldest);
        while (kept.size() > SPANS_MAX) {
            next = Math.max(next, kept.removeFirst().until());
        }
        return new Ledger(balance, earned, rates, new Spans(kept), next, left);
    }
}
