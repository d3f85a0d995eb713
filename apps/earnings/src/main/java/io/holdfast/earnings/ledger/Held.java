package io.holdfast.earnings.ledger;

import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Span;

/**
 * Time that was claimed and waits for a person.
 *
 * @param amount what it would come to, rounded down
 */
public record Held(Span span, Reason reason, Coins amount) {

    /** Why a person must decide. */
    public enum Reason {
        /** More time offline than is granted at once. */
        OFFLINE_CAP,
        /** Claimed longer after the fact than is checked. */
        TOO_LATE,
        /** The balance would not fit its column. */
        BALANCE_LIMIT,
        /** A device claims a higher amount than rate and time come to. */
        ABOVE_RATE
    }
}
