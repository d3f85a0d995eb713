package io.holdfast.core.exchange;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row as another program left it, which no append has taken into its record yet.
 *
 * @param values what the columns show that show something else than the record, {@link Value#NULL} for nothing: of a counter the
 *     plain sum, of a set the text of a JSON array; of a record that is not live all columns; absent if the row is gone
 * @param unreadable columns that hold what no field of theirs could hold; {@code values} lacks them
 * @param operations what the other program did, such as {@code UPDATE}
 */
public record ForeignRow(
        RecordKey key, Optional<SortedMap<String, Value>> values, Set<String> unreadable, String operations) {

    /** Copies. */
    public ForeignRow {
        values = values.map(TreeMap::new).map(Collections::unmodifiableSortedMap);
        unreadable = Set.copyOf(unreadable);
    }
}
