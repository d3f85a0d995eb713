package io.holdfast.earnings.ledger;

import io.holdfast.earnings.amount.Span;

/**
 * Time that a session claims to have mined, in microseconds since 1970 by the server's clock.
 *
 * @param begin from where it is not settled yet
 * @param until how far it says it mined; at least {@code begin}
 */
public record Claim(long begin, long until) {

    /** What of it lies in the past. */
    Span past(long nowMicros) {
        return new Span(begin, Math.max(begin, Math.min(until, nowMicros)));
    }
}
