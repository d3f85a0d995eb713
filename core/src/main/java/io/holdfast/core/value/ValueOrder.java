package io.holdfast.core.value;

import java.util.Arrays;

/**
 * The order of values of one kind, the same as SQLite's and PostgreSQL's under {@code COLLATE "C"}: numbers by size, text
 * by its UTF-8 bytes, false before true. Values of different kinds are ordered by their canonical tags, so that the order
 * is total.
 */
public final class ValueOrder {

    private ValueOrder() {}

    /** Negative, zero or positive as {@code left} is before, equal to or after {@code right}. */
    public static int compare(Value left, Value right) {
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            return Long.compare(a.number(), b.number());
        }
        if (left instanceof Value.Real a && right instanceof Value.Real b) {
            return Double.compare(a.number(), b.number());
        }
        if (left instanceof Value.Decimal a && right instanceof Value.Decimal b) {
            return a.number().compareTo(b.number());
        }
        if (left instanceof Value.Time a && right instanceof Value.Time b) {
            return Long.compare(a.epochMicros(), b.epochMicros());
        }
        if (left instanceof Value.Span a && right instanceof Value.Span b) {
            return Long.compare(a.micros(), b.micros());
        }
        if (left instanceof Value.Text a && right instanceof Value.Text b) {
            return TextOrder.compare(a.text(), b.text());
        }
        return Arrays.compareUnsigned(CanonicalValue.bytes(left), CanonicalValue.bytes(right));
    }
}
