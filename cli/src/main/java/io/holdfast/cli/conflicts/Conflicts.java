package io.holdfast.cli.conflicts;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import io.holdfast.store.Review;
import io.holdfast.store.Store;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The history of a store, as the commands look at it. Stateless. */
final class Conflicts {

    private static final int PAGE = 500;

    private Conflicts() {}

    /** Whether nobody has decided the entry yet. */
    static boolean open(HistoryEntry entry) {
        return entry.kind() == HistoryEntry.Kind.CONFLICT && entry.resolution().isEmpty();
    }

    /** Visits the history, newest first. */
    static void each(Store store, Consumer<HistoryEntry> visitor) {
        Review review = store.review();
        long below = Long.MAX_VALUE;
        for (List<HistoryEntry> page = review.history(below, PAGE);
                !page.isEmpty();
                page = review.history(below, PAGE)) {
            page.forEach(visitor);
            below = page.getLast().id();
        }
    }

    /** @throws HoldfastException RECORD_UNKNOWN */
    static HistoryEntry entry(Store store, long id) {
        return store.review()
                .entry(id)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.RECORD_UNKNOWN, "There is no conflict " + id + "; see 'holdfast conflicts list'."));
    }

    /** The values of a state by field, cleared ones included. */
    static SortedMap<String, Value> values(RecordState state) {
        SortedMap<String, Value> values = new TreeMap<>();
        for (Map.Entry<String, Cell> cell : state.cells().entrySet()) {
            values.put(cell.getKey(), cell.getValue().value());
        }
        return values;
    }
}
