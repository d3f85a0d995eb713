package io.holdfast.earnings.amount;

import java.util.ArrayList;
import java.util.List;

/** A set of moments, as spans that neither overlap nor touch, earliest first. Immutable. */
public record Spans(List<Span> spans) {

    /** No moment. */
    public static final Spans NONE = new Spans(List.of());

    /** Copies; refuses spans that are empty, out of order, or could be one. */
    public Spans {
        spans = List.copyOf(spans);
        long last = Long.MIN_VALUE;
        for (Span span : spans) {
            if (span.isEmpty() || (last != Long.MIN_VALUE && span.from() <= last)) {
                throw new IllegalArgumentException("spans are apart and in order");
            }
            last = span.until();
        }
    }

    /** These moments and those of a span. */
    public Spans plus(Span added) {
        if (added.isEmpty()) {
            return this;
        }
        List<Span> next = new ArrayList<>();
        Span grown = added;
        for (Span span : spans) {
            if (span.until() < grown.from()) {
                next.add(span);
            } else if (span.from() <= grown.until()) {
                grown = new Span(Math.min(span.from(), grown.from()), Math.max(span.until(), grown.until()));
            }
        }
        next.add(grown);
        for (Span span : spans) {
            if (span.from() > grown.until()) {
                next.add(span);
            }
        }
        return new Spans(next);
    }

    /** What of a span is not among these moments, earliest first. */
    public List<Span> gaps(Span whole) {
        List<Span> gaps = new ArrayList<>();
        long at = whole.from();
        for (Span span : spans) {
            if (span.from() > at && at < whole.until()) {
                gaps.add(new Span(at, Math.min(span.from(), whole.until())));
            }
            at = Math.max(at, span.until());
        }
        if (at < whole.until()) {
            gaps.add(new Span(at, whole.until()));
        }
        return List.copyOf(gaps);
    }

    /** How long all of it is, in microseconds. */
    public long micros() {
        return spans.stream().mapToLong(Span::micros).sum();
    }
}
