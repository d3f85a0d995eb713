package io.holdfast.earnings.amount;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which rate held when: coins an hour, by the microsecond since 1970 from which they hold. The first holds before it too.
 * Immutable.
 */
public record Rates(SortedMap<Long, Coins> from) {

    /** Most changes that are kept; older ones make room. */
    public static final int CHANGES_MAX = 64;

    /** Copies; refuses to know no rate. */
    public Rates {
        if (from.isEmpty() || from.size() > CHANGES_MAX) {
            throw new IllegalArgumentException("there are 1 to " + CHANGES_MAX + " rates");
        }
        from = Collections.unmodifiableSortedMap(new TreeMap<>(from));
    }

    /** One rate for ever. */
    public static Rates constant(Coins perHour) {
        return new Rates(new TreeMap<>(Map.of(0L, perHour)));
    }

    /** The same until a moment, another rate from then on; changes that were to come later are void. */
    public Rates with(long fromMicros, Coins perHour) {
        TreeMap<Long, Coins> next = new TreeMap<>(from.headMap(fromMicros));
        if (next.isEmpty() || !next.lastEntry().getValue().equals(perHour)) {
            next.put(fromMicros, perHour);
        }
        while (next.size() > CHANGES_MAX) {
            next.pollFirstEntry();
        }
        return new Rates(next);
    }

    /** The rate at a moment. */
    public Coins at(long micros) {
        SortedMap<Long, Coins> past = from.headMap(micros + 1);
        return past.isEmpty()
                ? from.sequencedValues().getFirst()
                : past.sequencedValues().getLast();
    }

    /** What a span comes to. */
    public Accrued over(Span span) {
        Accrued sum = Accrued.ZERO;
        NavigableMap<Long, Coins> changes = new TreeMap<>(from);
        List<Long> borders = new ArrayList<>();
        borders.add(span.from());
        changes.subMap(span.from(), false, Math.max(span.from(), span.until()), false)
                .keySet()
                .forEach(borders::add);
        borders.add(span.until());
        for (int i = 1; i < borders.size(); i++) {
            long begin = borders.get(i - 1);
            sum = sum.plus(Accrued.of(at(begin), borders.get(i) - begin));
        }
        return sum;
    }
}
