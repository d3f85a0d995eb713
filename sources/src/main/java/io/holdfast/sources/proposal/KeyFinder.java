package io.holdfast.sources.proposal;

import io.holdfast.core.value.Value;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.MappedRow;
import io.holdfast.sources.mapping.RecordSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Finds the smallest set of fields that no two different records share: a minimal hitting set of the ways in which pairs of records
 * differ. Such pairs are found as they are needed, in the first records; what holds there is then tried on all of them.
 * (The duality of unique column combinations and hitting sets: Birnick et al., "Hitting Set Enumeration with Partial Information for
 * Unique Column Combination Discovery", VLDB 2020.) Not thread-safe.
 */
final class KeyFinder {

    /** Most fields of a key that is proposed. */
    static final int FIELDS_MAX = 8;

    /** Most sets that are looked at. */
    private static final int STEPS_MAX = 100_000;

    /** How many sets are tried on all records; each costs a pass over the source, and a second one if it is no key. */
    private static final int TRIALS_MAX = 5;

    /** How many pairs of a set that is no key join the sample. */
    private static final int TWINS_MAX = 1_000;

    /** Every record once, as often as it is asked for. */
    @FunctionalInterface
    interface Pass {
        void over(Consumer<SortedMap<String, Value>> action);
    }

    private final List<String> fields;
    private final Pass records;
    private final KeySample sample;
    private final List<BitSet> differences = new ArrayList<>();
    private int steps;

    /**
     * Looks for a key.
     *
     * @param fields that may be in it, the most likely first; all hold something in every record
     * @param records all of them, exact repeats once
     */
    KeyFinder(List<String> fields, Pass records) {
        this(fields, records, KeySample.CELLS_MAX);
    }

    KeyFinder(List<String> fields, Pass records, int cellsMax) {
        this.fields = List.copyOf(fields);
        this.records = records;
        this.sample = new KeySample(fields, cellsMax);
    }

    /** The records that a source has under a mapping whose key is the whole row. */
    static Pass over(RecordSource source) {
        return action -> {
            try (MappedRecords rows = source.open()) {
                for (Optional<MappedRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                    if (row.get().outcome() instanceof MappedRow.Fit fit) {
                        action.accept(fit.values());
                    }
                }
            }
        };
    }

    /** The key; empty if there is none of at most {@value #FIELDS_MAX} fields, or none was found in time. */
    Optional<List<String>> find() {
        records.over(sample::take);
        int trials = 0;
        for (int size = 1; size <= FIELDS_MAX && trials < TRIALS_MAX; ) {
            Optional<BitSet> key = search(new BitSet(), size);
            if (key.isEmpty()) {
                size++;
            } else if (sample.isComplete() || holds(key.get().stream().toArray())) {
                return Optional.of(names(key.get()));
            } else {
                trials++;
            }
        }
        return Optional.empty();
    }

    private List<String> names(BitSet key) {
        return key.stream().mapToObj(fields::get).toList();
    }

    private Optional<BitSet> search(BitSet chosen, int size) {
        if (steps++ >= STEPS_MAX) {
            return Optional.empty();
        }
        Optional<BitSet> missed = missed(chosen);
        if (missed.isEmpty()) {
            return chosen.isEmpty() ? first() : Optional.of(chosen);
        }
        if (chosen.cardinality() == size) {
            return Optional.empty();
        }
        return missed.get().stream()
                .mapToObj(field -> search(with(chosen, field), size))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Of one record, or none, any field is the key. */
    private Optional<BitSet> first() {
        return fields.isEmpty() ? Optional.empty() : Optional.of(with(new BitSet(), 0));
    }

    private static BitSet with(BitSet chosen, int field) {
        BitSet more = (BitSet) chosen.clone();
        more.set(field);
        return more;
    }

    /** The fields in which two records differ that these fields do not tell apart. */
    private Optional<BitSet> missed(BitSet chosen) {
        for (BitSet difference : differences) {
            if (!difference.intersects(chosen)) {
                return Optional.of(difference);
            }
        }
        Optional<BitSet> found = sample.twins(chosen);
        found.ifPresent(differences::add);
        return found;
    }

    /** Tries a set on all records; if it is no key, some of those that it does not tell apart join the sample. */
    private boolean holds(int[] key) {
        LongSet seen = new LongSet();
        Map<Long, Integer> twins = new HashMap<>();
        records.over(values -> {
            long hash = KeySample.combined(sample.hashes(values), key);
            if (!seen.add(hash) && twins.size() < TWINS_MAX) {
                twins.put(hash, 2);
            }
        });
        if (!twins.isEmpty()) {
            keep(key, twins);
        }
        return twins.isEmpty();
    }

    private void keep(int[] key, Map<Long, Integer> twins) {
        long[] number = {0};
        records.over(values -> {
            long[] hashes = sample.hashes(values);
            Integer left = twins.computeIfPresent(KeySample.combined(hashes, key), (hash, wanted) -> wanted - 1);
            if (left != null && left >= 0) {
                sample.keep(number[0], hashes);
            }
            number[0]++;
        });
    }
}
