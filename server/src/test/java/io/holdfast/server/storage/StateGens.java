package io.holdfast.server.storage;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Generated states of {@link Samples#ENTRIES}: any value in its own field, now and then in a wrong or unknown one. */
final class StateGens {

    private static final Gen<Long> INCARNATIONS = Gens.pick(1L, 2L, -1L);

    private StateGens() {}

    static Gen<RecordState> states() {
        Gen<Stamp> stamps = Gens.zip(Gens.longs(1, 3), INCARNATIONS, Stamp::new);
        Gen<Stamp> deletions = stamps.optional().map(stamp -> stamp.orElse(Stamp.NONE));
        return Gens.zip(cells(stamps), deletions, (cells, deleted) -> new RecordState(new TreeMap<>(cells), deleted));
    }

    private static Gen<Map<String, Cell>> cells(Gen<Stamp> stamps) {
        List<Map.Entry<String, Gen<Value>>> fields = List.copyOf(fields().entrySet());
        return choices -> {
            TreeMap<String, Cell> cells = new TreeMap<>();
            for (Map.Entry<String, Gen<Value>> field : fields) {
                Optional<Value> value = field.getValue().optional().next(choices);
                value.ifPresent(present -> cells.put(field.getKey(), new Cell(present, stamps.next(choices))));
            }
            return cells;
        };
    }

    private static Map<String, Gen<Value>> fields() {
        Map<String, Gen<Value>> fields = new TreeMap<>();
        fields.put("title", Gens.texts().map(Value.Text::new));
        fields.put("count", Gens.longs().map(Value.Int::new));
        fields.put("ratio", Gens.doubles().map(Value.Real::new));
        fields.put("amount", Gens.decimals(18, 8).map(Value.Decimal::new));
        fields.put("wide", Gens.decimals(38, 9).map(Value.Decimal::new));
        fields.put("done", Gens.booleans().map(Value.Bool::new));
        fields.put("at", Gens.instants().map(at -> new Value.Time(ChronoUnit.MICROS.between(Instant.EPOCH, at))));
        fields.put("lasted", Gens.longs().map(Value.Span::new));
        fields.put("photo", Gens.bytes(0, 12).map(Value.Bytes::new));
        fields.put("extra", Gens.ints().map(number -> new Value.Json("{\"ä\":[" + number + "]}")));
        fields.put("views", counters(0));
        fields.put("paid", counters(2));
        fields.put("tags", sets());
        fields.replaceAll((name, values) -> Gens.frequency(
                Gens.weighted(8, values), Gens.weighted(1, Gens.constant(Value.NULL)), Gens.weighted(1, strange())));
        fields.put("unknown_here", strange());
        return fields;
    }

    /** What no column holds bit for bit: another type, another scale, too many digits. */
    private static Gen<Value> strange() {
        return Gens.<Value>oneOf(
                Gens.texts().map(Value.Text::new),
                Gens.decimals(38, 3).map(Value.Decimal::new),
                counters(5),
                Gens.longs().map(Value.Int::new));
    }

    private static Gen<Value> counters(int scale) {
        Gen<CounterValue.Total> totals =
                Gens.zip(Gens.longs(0, Long.MAX_VALUE), Gens.longs(0, Long.MAX_VALUE), CounterValue.Total::new);
        return Gens.maps(INCARNATIONS, totals, 0, 3).map(map -> new CounterValue(new TreeMap<>(map), scale));
    }

    private static Gen<Value> sets() {
        Gen<SetValue.Mark> marks = Gens.zip(
                Gens.longs(1, 9),
                Gens.longs(0, 9),
                (added, removed) -> new SetValue.Mark(added, Math.min(added, removed)));
        Gen<SortedMap<Long, SetValue.Mark>> byIncarnation =
                Gens.maps(INCARNATIONS, marks, 1, 3).map(TreeMap::new);
        return Gens.maps(Gens.texts(), byIncarnation, 0, 3).map(map -> new SetValue(new TreeMap<>(map)));
    }
}
