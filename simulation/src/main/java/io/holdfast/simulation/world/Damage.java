package io.holdfast.simulation.world;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What bits have flipped in one store, which its engine does not know. Goes with the store into every copy. Not thread-safe. */
public final class Damage {

    private final Map<RecordKey, Row> rows = new HashMap<>();
    private final Set<RecordKey> ever = new HashSet<>();
    private final Set<RecordKey> sinceExchange = new HashSet<>();

    /**
     * A record in which a bit flipped.
     *
     * @param right as the store had written it
     * @param wrong as its disk has it since
     * @param shown what its readers see since
     */
    public record Row(LocalRecord right, LocalRecord wrong, RecordState shown) {

        /** What the fields held that stand as the flipped bit left them, be the record deleted since. */
        RecordState rightOf(RecordState now) {
            TreeMap<String, Cell> cells = new TreeMap<>(right.confirmed().cells());
            cells.keySet()
                    .removeIf(name -> !now.cell(name).equals(wrong.confirmed().cell(name)));
            return new RecordState(cells, right.confirmed().deleted());
        }
    }

    Damage() {}

    /** What else has flipped in a copy of the store does not flip in this one. */
    Damage copy() {
        Damage copy = new Damage();
        copy.rows.putAll(rows);
        copy.ever.addAll(ever);
        copy.sinceExchange.addAll(sinceExchange);
        return copy;
    }

    void flipped(Row row) {
        rows.put(row.wrong().key(), row);
        ever.add(row.wrong().key());
        sinceExchange.add(row.wrong().key());
    }

    /** The store has taken in an exchange: whatever is compared from now on is read after what had flipped by then. */
    void exchanged() {
        sinceExchange.clear();
    }

    /**
     * Every record that was looked at is known to be right, or was put right.
     *
     * @param buried whether a record is deleted: what its tombstone keeps has no digest, and shows when the record comes back
     */
    void repaired(Predicate<RecordKey> buried) {
        rows.keySet().removeIf(key -> !buried.test(key));
        sinceExchange.clear();
    }

    /** Whether there may be damage that was not put right. */
    public boolean any() {
        return !rows.isEmpty();
    }

    /** The records in which a bit flipped since the store was last proven. */
    public Set<RecordKey> keys() {
        return Set.copyOf(rows.keySet());
    }

    /** Whether a bit of a record ever flipped, put right or not. */
    public boolean ever(RecordKey key) {
        return ever.contains(key);
    }

    /** Whether a bit of a record flipped since the last exchange: a comparison under way may have read the record before. */
    public boolean sinceExchange(RecordKey key) {
        return sinceExchange.contains(key);
    }

    /** What happened to a record. */
    public Optional<Row> of(RecordKey key) {
        return Optional.ofNullable(rows.get(key));
    }
}
