package io.holdfast.store.query;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A record as a reader of the store sees it. Immutable.
 *
 * @param values by field, empty fields left out. A {@link io.holdfast.core.value.CounterValue} has its sum and a {@link
 *     io.holdfast.core.value.SetValue} its members, but nothing of who wrote them
 */
public record StoredRecord(RecordKey key, SortedMap<String, Value> values) {

    /** Copies. */
    public StoredRecord {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The record's id. */
    public String id() {
        return key.id();
    }

    /** What a field holds; {@link Value#NULL} if nothing. */
    public Value value(String field) {
        return values.getOrDefault(field, Value.NULL);
    }
}
