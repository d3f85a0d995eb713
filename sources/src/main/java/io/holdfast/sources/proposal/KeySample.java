package io.holdfast.sources.proposal;

import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The first records of a source as 64-bit hashes of their values, to look for keys in. Not thread-safe. */
final class KeySample {

    /** Most hashes that are kept. */
    static final int CELLS_MAX = 2_000_000;

    /** Most records that are kept, because looking for twins takes some hundred bytes each for a while. */
    private static final int ROWS_MAX = 100_000;

    private final List<String> fields;
    private final int cellsMax;
    private final List<long[]> rows = new ArrayList<>();
    private final Set<Long> kept = new HashSet<>();
    private long first;
    private boolean complete = true;

    KeySample(List<String> fields, int cellsMax) {
        this.fields = fields;
        this.cellsMax = cellsMax;
    }

    void take(SortedMap<String, Value> values) {
        if (first >= ROWS_MAX || (first + 1) * fields.size() > cellsMax) {
            complete = false;
            return;
        }
        rows.add(hashes(values));
        first++;
    }

    /**
     * Adds a record beyond the first ones, unless it is there.
     *
     * @param number of the record in its source, from 0
     */
    void keep(long number, long[] hashes) {
        if (number >= first && kept.add(number)) {
            rows.add(hashes);
        }
    }

    /** Whether every record is in it. */
    boolean isComplete() {
        return complete;
    }

    /** The hashes of a record's fields. */
    long[] hashes(SortedMap<String, Value> values) {
        return fields.stream()
                .mapToLong(field -> hash(values.getOrDefault(field, Value.NULL)))
                .toArray();
    }

    /** FNV-1a over the canonical bytes, then mixed (Stafford's thirteenth variant), because sums of it are compared. */
    private static long hash(Value value) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : CanonicalValue.bytes(value)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    private static long mixed(long hash) {
        long once = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }

    /** A hash over some of a record's hashes. */
    static long combined(long[] hashes, int[] fields) {
        long hash = fields.length;
        for (int field : fields) {
            hash = mixed(hash + hashes[field]);
        }
        return hash;
    }

    /**
     * Two records that have the same values in these fields.
     *
     * @return the fields in which they differ, by index; empty if no two are alike
     */
    Optional<BitSet> twins(BitSet key) {
        int[] columns = key.stream().toArray();
        Map<Long, long[]> seen = new HashMap<>();
        for (long[] row : rows) {
            long[] first = seen.putIfAbsent(combined(row, columns), row);
            if (first != null) {
                return Optional.of(difference(first, row));
            }
        }
        return Optional.empty();
    }

    private BitSet difference(long[] one, long[] other) {
        BitSet different = new BitSet(fields.size());
        for (int field = 0; field < one.length; field++) {
            different.set(field, one[field] != other[field]);
        }
        return different;
    }
}
