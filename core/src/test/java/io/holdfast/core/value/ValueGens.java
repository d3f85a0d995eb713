package io.holdfast.core.value;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Generators of values for the tests of core. */
public final class ValueGens {

    private ValueGens() {}

    /** A few incarnations, so that writes of the same one meet; above and below zero, as they are compared unsigned. */
    public static Gen<Long> incarnations() {
        return Gens.pick(1L, 2L, -1L);
    }

    /** Every kind but counters and sets. */
    public static Gen<Value> plain() {
        return Gens.<Value>oneOf(
                Gens.constant(Value.NULL),
                Gens.texts().map(Value.Text::new),
                Gens.longs().map(Value.Int::new),
                Gens.doubles().map(Value.Real::new),
                Gens.decimals(38, 9).map(Value.Decimal::new),
                Gens.booleans().map(Value.Bool::new),
                Gens.instants().map(instant -> new Value.Time(ChronoUnit.MICROS.between(Instant.EPOCH, instant))),
                Gens.longs().map(Value.Span::new),
                Gens.bytes(0, 12).map(Value.Bytes::new),
                Gens.ints().map(number -> new Value.Json("[" + number + "]")));
    }

    /** Every kind. */
    public static Gen<Value> any() {
        return Gens.<Value>oneOf(plain(), counters(), sets());
    }

    /** Counters of whole numbers. */
    public static Gen<CounterValue> counters() {
        Gen<CounterValue.Total> totals =
                Gens.zip(Gens.longs(0, Long.MAX_VALUE), Gens.longs(0, 50), CounterValue.Total::new);
        return Gens.maps(incarnations(), totals, 0, 3).map(map -> new CounterValue(sorted(map), 0));
    }

    /** Sets of a few elements. */
    public static Gen<SetValue> sets() {
        Gen<SetValue.Mark> marks = Gens.zip(
                Gens.longs(1, 9),
                Gens.longs(0, 9),
                (added, removed) -> new SetValue.Mark(added, Math.min(added, removed)));
        Gen<SortedMap<Long, SetValue.Mark>> byIncarnation =
                Gens.maps(incarnations(), marks, 1, 3).map(ValueGens::sorted);
        return Gens.maps(Gens.pick("a", "é", "\ud83d\ude00"), byIncarnation, 0, 3)
                .map(map -> new SetValue(new TreeMap<>(map)));
    }

    private static <V> SortedMap<Long, V> sorted(Map<Long, V> map) {
        TreeMap<Long, V> sorted = new TreeMap<>(Long::compareUnsigned);
        sorted.putAll(map);
        return sorted;
    }
}
