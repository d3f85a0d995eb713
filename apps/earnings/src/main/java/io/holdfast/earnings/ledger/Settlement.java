package io.holdfast.earnings.ledger;

import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * What a claim comes to. Every microsecond of it that lies in the past is granted, held for a person, or found settled before;
 * of the future nothing is, and it may be claimed again when it has come. Pure.
 *
 * @param ledger afterwards
 * @param grant that was added to the balance
 * @param granted microseconds that were paid
 * @param repeated microseconds that another session had settled
 * @param held what waits for a person, earliest first
 * @param until how far the claim is settled now
 */
public record Settlement(Ledger ledger, Accrued grant, long granted, long repeated, List<Held> held, long until) {

    /** Copies. */
    public Settlement {
        held = List.copyOf(held);
    }

    /** Settles. */
    public static Settlement of(Ledger ledger, Claim claim, long nowMicros, Terms terms) {
        return new Step(ledger, claim.past(nowMicros), nowMicros, terms).settle();
    }

    private static final class Step {
        private final Ledger ledger;
        private final Span span;
        private final long horizon;
        private final List<Held> held = new ArrayList<>();
        private final long forgotten;
        private Allowance left;
        private Accrued grant = Accrued.ZERO;
        private long granted;

        Step(Ledger ledger, Span span, long nowMicros, Terms terms) {
            this.ledger = ledger;
            this.span = span;
            forgotten = nowMicros - terms.lookbackMicros();
            horizon = Math.max(ledger.horizon(), forgotten);
            left = ledger.allowance().at(nowMicros, terms.capMicros());
        }

        Settlement settle() {
            if (span.isEmpty()) {
                return new Settlement(ledger, Accrued.ZERO, 0, 0, List.of(), span.until());
            }
            long open = 0;
            for (Span late : ledger.settled().gaps(span.before(horizon))) {
                open += late.micros();
                hold(late, Held.Reason.TOO_LATE);
            }
            for (Span gap : ledger.settled().gaps(span.after(horizon))) {
                open += gap.micros();
                grant(gap);
            }
            Ledger next = ledger.settled(span, forgotten, left).granted(grant);
            return new Settlement(next, grant, granted, span.micros() - open, held, span.until());
        }

        private void grant(Span gap) {
            Span paid = gap.before(gap.from() + Math.min(gap.micros(), left.micros()));
            Accrued amount = ledger.rates().over(paid);
            if (!ledger.earned().plus(grant).plus(amount).fits()) {
                hold(gap, Held.Reason.BALANCE_LIMIT);
                return;
            }
            left = left.spend(paid.micros());
            grant = grant.plus(amount);
            granted += paid.micros();
            hold(gap.after(paid.until()), Held.Reason.OFFLINE_CAP);
        }

        private void hold(Span rest, Held.Reason reason) {
            if (!rest.isEmpty()) {
                Accrued amount = ledger.rates().over(rest);
                held.add(new Held(rest, reason, amount.fits() ? amount.coins() : new Coins(Coins.UNITS_MAX)));
            }
        }
    }
}
