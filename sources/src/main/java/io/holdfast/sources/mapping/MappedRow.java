package io.holdfast.sources.mapping;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of one row that is not blank. Immutable.
 *
 * @param key its key as people read it, such as a seller's number; empty where it has none, or the whole row is the key
 */
public record MappedRow(RowOrigin origin, Optional<String> key, Outcome outcome) {

    /** Its number, as a spreadsheet program shows it. */
    public long row() {
        return origin.row();
    }

    /** What a row is. */
    public sealed interface Outcome {}

    /**
     * A record.
     *
     * @param values every field of the mapping; null where the cell is blank
     */
    public record Fit(RecordKey record, SortedMap<String, Value> values) implements Outcome {
        /** Copies. */
        public Fit {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    /** No record, for all these reasons. */
    public record Unfit(List<Defect> defects) implements Outcome {
        /** Copies. */
        public Unfit {
            defects = List.copyOf(defects);
        }
    }

    /** The same as an earlier row in every field of the mapping. */
    public record Repeat(RecordKey record, RowOrigin first) implements Outcome {}

    /**
     * Of the same key as an earlier row, but of other content; the earlier row stands.
     *
     * @param values what this row says
     */
    public record Clash(RecordKey record, RowOrigin first, SortedMap<String, Value> values) implements Outcome {
        /** Copies. */
        public Clash {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }
}
