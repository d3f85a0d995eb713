package io.holdfast.earnings.amount;

/**
 * A stretch of time.
 *
 * @param from its first microsecond since 1970
 * @param until the microsecond after its last, at least {@code from}
 */
public record Span(long from, long until) {

    /** Refuses a time that runs backwards. */
    public Span {
        if (until < from) {
            throw new IllegalArgumentException("a span does not end before it begins");
        }
    }

    /** How long it is, in microseconds. */
    public long micros() {
        return until - from;
    }

    /** Whether it has no time in it. */
    public boolean isEmpty() {
        return until == from;
    }

    /** The part of it before a moment; empty if there is none. */
    public Span before(long moment) {
        return new Span(from, Math.max(from, Math.min(until, moment)));
    }

    /** The part of it from a moment on; empty if there is none. */
    public Span after(long moment) {
        return new Span(Math.min(until, Math.max(from, moment)), until);
    }
}
